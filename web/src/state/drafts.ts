/** Lines that are still being spoken, by seat: a pure function of what the server said. */

import type { Caption, Draft } from "../protocol/messages";

export interface Speaking {
  readonly seat: string;
  /** Seconds of meeting time. */
  readonly start: number;
  readonly words: readonly string[];
  /** So many words are settled: the last of them may still stand corrected. */
  readonly settled: number;
}

export type Drafts = ReadonlyMap<string, Speaking>;

export const NO_DRAFTS: Drafts = new Map();

/** Out of step is what builds on a draft that is not here: the next line makes up for it. */
export function drafted(drafts: Drafts, { seat, start, keep, text, settled }: Draft): Drafts {
  const known = drafts.get(seat);
  const same = known?.start === start;
  if (keep === 0 && text === "") return same ? silenced(drafts, seat) : drafts;
  if (keep > 0 && !same) return drafts;
  const words = [...(known?.words.slice(0, keep) ?? []), ...(text === "" ? [] : text.split(" "))];
  return new Map(drafts).set(seat, { seat, start, words, settled });
}

/** A line has come: the draft that it was is over. */
export function said(drafts: Drafts, line: Caption): Drafts {
  const known = drafts.get(line.seat);
  return known && line.end > known.start ? silenced(drafts, line.seat) : drafts;
}

export function silenced(drafts: Drafts, seat: string): Drafts {
  if (!drafts.has(seat)) return drafts;
  const rest = new Map(drafts);
  rest.delete(seat);
  return rest;
}
