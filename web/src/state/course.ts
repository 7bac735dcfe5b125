/** The course of a meeting, woven into its transcript. Pure. */

import type { Line, Stretch } from "../api/types";
import { type Turn, turns } from "./turns";

/** What stands between turns, at a second of the meeting. */
export interface Mark {
  at: number;
  what:
    | "item"
    | "floor"
    | "suspended"
    | "resumed"
    | "paused"
    | "recorded"
    | "roll"
    | "rolled"
    | "inquorate"
    | "quorate";
  title: string;
  /** Of items: which, from 1. Of a floor: seconds it was held; null: still is. */
  count: number | null;
}

/** What begins a stretch, and what ends it. */
const AROUND = {
  suspended: ["suspended", "resumed"],
  off_record: ["paused", "recorded"],
  roll: ["roll", "rolled"],
  no_quorum: ["inquorate", "quorate"],
} as const satisfies Record<string, readonly [Mark["what"], Mark["what"]]>;

export type Entry = { mark: Mark } | { turn: Turn };

export function marks(stretches: readonly Stretch[]): Mark[] {
  let items = 0;
  const found = stretches.flatMap((stretch): Mark[] => {
    const { start: at, end, title } = stretch;
    const mark = (what: Mark["what"], more: Partial<Mark> = {}): Mark => ({
      at,
      what,
      title,
      count: null,
      ...more,
    });
    if (stretch.kind === "item") return [mark("item", { count: ++items })];
    if (stretch.kind === "floor") {
      const name = stretch.speaker ? `${title}: ${stretch.speaker}` : title;
      return [mark("floor", { title: name, count: end === null ? null : end - at })];
    }
    const [from, to] = AROUND[stretch.kind];
    return end === null ? [mark(from)] : [mark(from), mark(to, { at: end })];
  });
  return found.sort((a, b) => a.at - b.at);
}

/** Turns, parted where something happened between two lines. */
export function woven(lines: readonly Line[], between: readonly Mark[]): Entry[] {
  const entries: Entry[] = [];
  let from = 0;
  for (const mark of between) {
    const to = lines.findIndex((line, index) => index >= from && line.start >= mark.at);
    const until = to < 0 ? lines.length : to;
    entries.push(...said(lines.slice(from, until)), { mark });
    from = until;
  }
  return [...entries, ...said(lines.slice(from))];
}

/** The line that was spoken at a second of the meeting: the last that has begun, else the first. */
export function lineAt(lines: readonly Line[], at: number): Line | undefined {
  return lines.findLast((line) => line.start <= at) ?? lines[0];
}

function said(lines: readonly Line[]): Entry[] {
  return turns(lines).map((turn) => ({ turn }));
}

/** Entries of one minute. The page draws minutes, not turns: few enough to be looked through with every frame. */
export interface Part {
  minute: number;
  entries: Entry[];
}

const MINUTE_S = 60;

/** By when they begin, so that what is edited in one minute moves nothing in the others. */
export function parts(entries: readonly Entry[]): Part[] {
  const found: Part[] = [];
  for (const entry of entries) {
    const at = "mark" in entry ? entry.mark.at : (entry.turn.lines[0]?.start ?? 0);
    const minute = Math.max(Math.floor(at / MINUTE_S), found.at(-1)?.minute ?? 0);
    const part = found.at(-1);
    if (part?.minute === minute) part.entries.push(entry);
    else found.push({ minute, entries: [entry] });
  }
  return found;
}

/** Whether the same lines and marks stand there. */
export function same(one: Part, other: Part): boolean {
  return (
    one.entries.length === other.entries.length &&
    one.entries.every((entry, index) => alike(entry, other.entries[index] as Entry))
  );
}

function alike(one: Entry, other: Entry): boolean {
  if ("mark" in one || "mark" in other)
    return "mark" in one && "mark" in other && JSON.stringify(one.mark) === JSON.stringify(other.mark);
  const { lines } = other.turn;
  return (
    lines.length === one.turn.lines.length && one.turn.lines.every((line, index) => line === lines[index])
  );
}
