/** Edits on their way to the server, in the order made. They outlive the page: see `keeping.ts`. Pure. */

import type { Line } from "../../api/types";
import { type Answer, type Edit, linesOf, rebased, structural } from "./edits";

export interface Kept {
  edit: Edit;
  /** What the line said when the person began to edit it; null for edits of no one line. */
  base: string | null;
  /** It has been sent, and may be done whatever became of the answer: it stays as it is until that is known. */
  sent?: boolean;
}

/** An edit that the server could not make: mostly since somebody else has changed its line. */
export interface Clash {
  kept: Kept;
  /** As it stands now; null: it is gone. */
  theirs: Line | null;
  /** Of the server's refusal. */
  code: string;
}

export interface Outbox {
  waiting: readonly Kept[];
  clashes: readonly Clash[];
}

export const EMPTY: Outbox = { waiting: [], clashes: [] };

/** So many may wait: enough for a day without a line. Then nothing more is taken, rather than something lost. */
export const MOST_WAITING = 1000;

export const unsent = (box: Outbox) => box.waiting.length + box.clashes.length;

/** A text takes the place of an older one of its line that was never sent. */
export function queued(box: Outbox, kept: Kept): Outbox {
  const last = box.waiting.at(-1);
  const again = last && !last.sent && sameText(last.edit, kept.edit);
  if (!again) return { ...box, waiting: [...box.waiting, kept] };
  // Its own id goes with it: it was never sent, and the stack of what may be undone knows it.
  const edit = {
    ...kept.edit,
    id: last.edit.id,
    version: (last.edit as { version: number }).version,
  } as Edit;
  return { ...box, waiting: [...box.waiting.slice(0, -1), { edit, base: last.base }] };
}

export function sending(box: Outbox, id: string): Outbox {
  const waiting = box.waiting.map((kept) => (kept.edit.id === id ? { ...kept, sent: true } : kept));
  return { ...box, waiting };
}

function sameText(one: Edit, other: Edit): boolean {
  return one.kind === "text" && other.kind === "text" && one.line === other.line;
}

/** The first whose lines are not in dispute, nor touched by one before it that is. */
export function next(box: Outbox): Kept | undefined {
  const disputed = new Set(box.clashes.flatMap((each) => linesOf(each.kept.edit)));
  for (const kept of box.waiting) {
    const lines = linesOf(kept.edit);
    if (!lines.some((line) => disputed.has(line))) return kept;
    for (const line of lines) disputed.add(line);
  }
}

/** It is done. What waits for the version it was made for is meant for the one it became, if nobody came between. */
export function answered(box: Outbox, answer: Answer): Outbox {
  const sent = box.waiting.find((kept) => kept.edit.id === answer.edit);
  if (!sent) return box;
  const waiting = box.waiting.filter((kept) => kept !== sent);
  const followed = answer.lines.reduce(
    (kept, line) =>
      kept.map((each) => ({ ...each, edit: rebased(each.edit, line.id, line.version - 1, line.version) })),
    waiting,
  );
  return { ...box, waiting: followed };
}

/** A text is kept until a person has decided on it, and with it what they have typed in that line since. */
export function refused(box: Outbox, id: string, theirs: Line | null, code: string): Outbox {
  const sent = box.waiting.find((kept) => kept.edit.id === id);
  if (!sent) return box;
  const rest = box.waiting.filter((kept) => kept !== sent);
  const later = rest.filter((kept) => sameText(kept.edit, sent.edit));
  const newest = later.at(-1)?.edit ?? sent.edit;
  const kept = { edit: { ...newest, id: sent.edit.id } as Edit, base: sent.base };
  return {
    waiting: rest.filter((each) => !later.includes(each)),
    clashes: [...box.clashes, { kept, theirs, code }],
  };
}

export function dropped(box: Outbox, id: string): Outbox {
  return {
    waiting: box.waiting.filter((kept) => kept.edit.id !== id),
    clashes: box.clashes.filter((clash) => clash.kept.edit.id !== id),
  };
}

/** The version an edit of this line is made for: that of those before it that still wait, else the line's own. */
export function versionOf(box: Outbox, line: Line): number {
  const last = box.waiting.findLast(({ edit }) => "version" in edit && edit.line === line.id);
  return last && "version" in last.edit ? last.edit.version : line.version;
}

/** Lines of which nobody knows what they will be until the server has answered. */
export function unsettled(box: Outbox): ReadonlySet<string> {
  const found = box.waiting.filter(({ edit }) => structural(edit)).map(({ edit }) => edit);
  return new Set([...found, ...box.clashes.map((clash) => clash.kept.edit)].flatMap(linesOf));
}
