/** The agenda, the item under discussion, and what was noted of it. Pure. */

import type { Agenda, Item, Note } from "../protocol/messages";

export interface AgendaState {
  readonly items: readonly Item[];
  /** Under discussion, since this second of the meeting. */
  readonly item: string | null;
  readonly since: number;
}

const LONGEST = 600; // minutes
export const NO_AGENDA: AgendaState = { items: [], item: null, since: 0 };

export function agenda(message: Agenda): AgendaState {
  return { items: message.items, item: message.item, since: message.since };
}

/** The item under discussion and its number, from 1. */
export function current(state: AgendaState): { item: Item; number: number } | null {
  const at = state.items.findIndex((item) => item.id === state.item);
  const item = state.items[at];
  return item ? { item, number: at + 1 } : null;
}

/** What comes behind the item under discussion; the first when none is. */
export function following(state: AgendaState): Item | null {
  return state.items[current(state)?.number ?? 0] ?? null;
}

/** Outcomes under the items they belong to; those of no item that still stands in the agenda come first. */
export function byItem(
  state: AgendaState,
  notes: readonly Note[],
): readonly { item: Item | null; notes: readonly Note[] }[] {
  const known = new Set(state.items.map((item) => item.id));
  const loose = notes.filter((note) => note.item === null || !known.has(note.item));
  const rows = state.items.map((item) => ({ item, notes: notes.filter((note) => note.item === item.id) }));
  return loose.length > 0 ? [{ item: null, notes: loose }, ...rows] : rows;
}

/** An agenda as lines of text: title, and presenter and minutes where given, apart by ` | `; `*` before what is not
 * recorded. */
export function written(items: readonly Item[]): string {
  return items.map(line).join("\n");
}

function line(item: Item): string {
  const parts = [item.title, item.presenter, item.minutes].filter(Boolean);
  return `${item.recorded === false ? "* " : ""}${parts.join(" | ")}`;
}

/** What such lines say. Items whose title stays keep their id, so that the one under discussion is still known. */
export function read(text: string, before: readonly Item[], fresh: () => string): Item[] {
  const kept = new Map(before.map((item) => [item.title, item.id]));
  const lines = text.split("\n").map((each) => each.trim());
  return lines.filter(Boolean).map((each) => {
    const recorded = !each.startsWith("*");
    const [title = "", ...more] = each
      .replace(/^\*\s*/, "")
      .split("|")
      .map((part) => part.trim());
    const id = kept.get(title) ?? fresh();
    kept.delete(title);
    const minutes = /^\d+$/.test(more.at(-1) ?? "") ? Number(more.pop()) : 0;
    return { id, title, presenter: more.join(" ").trim(), minutes: Math.min(LONGEST, minutes), recorded };
  });
}
