/** Who else has this transcript open, and what the socket of a review says. Pure. */

export interface Present {
  id: string;
  name: string;
  /** The line they are at; null: none. */
  line: string | null;
  editing: boolean;
}

export type Told = { type: "present"; people: Present[] } | { type: "changed"; change: number };

/** Null: not for us, or from a newer server. */
export function heard(text: unknown): Told | null {
  try {
    const found = JSON.parse(String(text));
    if (found?.type === "present" && Array.isArray(found.people)) return found;
    return found?.type === "changed" && typeof found.change === "number" ? found : null;
  } catch {
    return null;
  }
}

/** Who is there beside this person, each once: with the line they edit, if any of their windows edits. */
export function others(people: readonly Present[], me: string): Present[] {
  const found = new Map<string, Present>();
  for (const each of people) if (each.id !== me && !found.get(each.id)?.editing) found.set(each.id, each);
  return [...found.values()].sort((one, other) => one.name.localeCompare(other.name, "id"));
}

export function editorsOf(people: readonly Present[], line: string): Present[] {
  return people.filter((each) => each.editing && each.line === line);
}
