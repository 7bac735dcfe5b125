/** Unsent edits on this machine, a meeting and a person at a time. What stands there may be of another version. Pure but for the storage given. */

import type { Edit, Kind } from "./edits";
import { EMPTY, type Kept, MOST_WAITING, type Outbox } from "./outbox";

type Memory = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const KINDS: readonly Kind[] = [
  "text",
  "split",
  "merge",
  "speaker",
  "inaudible",
  "redact",
  "check",
  "replace",
  "undo",
];

/** Each window has a place of its own, so that two of them do not write over each other's. */
export class Keeping {
  private readonly prefix: string;
  private readonly own: string;

  constructor(
    private readonly memory: Memory,
    meeting: string,
    person: string,
    window: string,
  ) {
    this.prefix = `rakor.edits.${meeting}.${person}.`;
    this.own = this.prefix + window;
  }

  /** What earlier windows left, or another one still has: an edit has an id, so that sending it twice does no harm. */
  recall(): Outbox {
    const names = Array.from({ length: this.memory.length }, (_, index) => this.memory.key(index) ?? "");
    const found = names.filter((name) => name.startsWith(this.prefix)).sort();
    const box = found.map((name) => recalled(this.memory.getItem(name))).reduce(joined, EMPTY);
    // Only once it stands in the new place does it leave the old one.
    if (this.keep(box)) for (const name of found) if (name !== this.own) this.memory.removeItem(name);
    return box;
  }

  /** False: the storage is full or shut, and the edits are in this window only. */
  keep(box: Outbox): boolean {
    const all = [...box.clashes.map((clash) => clash.kept), ...box.waiting];
    try {
      if (all.length === 0) this.memory.removeItem(this.own);
      else this.memory.setItem(this.own, JSON.stringify(all));
      return true;
    } catch {
      return false;
    }
  }
}

export function recalled(stored: string | null): Outbox {
  try {
    const found: unknown = JSON.parse(stored ?? "[]");
    if (!Array.isArray(found)) return EMPTY;
    return { waiting: found.filter(sound).slice(0, MOST_WAITING), clashes: [] };
  } catch {
    return EMPTY;
  }
}

function sound(found: unknown): found is Kept {
  const edit = (found as Kept | null)?.edit as Partial<Edit> | undefined;
  return typeof edit?.id === "string" && KINDS.includes(edit.kind as Kind);
}

function joined(one: Outbox, other: Outbox): Outbox {
  const known = new Set(one.waiting.map((kept) => kept.edit.id));
  return { ...one, waiting: [...one.waiting, ...other.waiting.filter((kept) => !known.has(kept.edit.id))] };
}
