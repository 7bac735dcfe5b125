/** The places to check, in the order a person wants them, and how far they have come. Pure. */

import type { Line } from "../../api/types";
import type { Stop } from "../review";

export type Order = "doubt" | "time";

/** Most doubtful first; as they were spoken where that is the same. */
export function ordered(stops: readonly Stop[], order: Order): readonly Stop[] {
  return order === "time"
    ? stops
    : [...stops].sort((one, other) => other.doubt - one.doubt || one.at - other.at);
}

/** The place to go on with when `key` is settled: the one after it, round at the end. */
export function following(stops: readonly Stop[], key: string | null): Stop | undefined {
  const at = stops.findIndex((stop) => stop.key === key);
  const stop = stops[(at + 1) % stops.length];
  return stop?.key === key ? undefined : stop;
}

export interface Progress {
  left: number;
  /** Places that somebody has listened to or typed. */
  done: number;
  /** 0 to 1. */
  share: number;
}

const settledOf = new WeakMap<Line, number>();

export function progress(lines: readonly Line[], left: number): Progress {
  const done = lines.reduce((sum, line) => sum + settled(line), 0);
  return { left, done, share: left + done === 0 ? 1 : done / (left + done) };
}

/** Runs of words that a person answers for. */
function settled(line: Line): number {
  let found = settledOf.get(line);
  if (found === undefined) {
    const by = line.words.map((word) => word.by_hand || word.checked || word.redacted);
    found = by.filter((each, index) => each && !by[index - 1]).length;
    settledOf.set(line, found);
  }
  return found;
}

/** Whether nobody has looked at anything yet, somebody at some of it, or all that is doubtful has been looked at. */
export function reviewed({ left, done }: Progress, lines: readonly Line[]): "none" | "some" | "all" {
  if (done === 0 && !lines.some((line) => line.edited)) return "none";
  return left > 0 ? "some" : "all";
}

const blackenedOf = new WeakMap<Line, number>();

/** How many passages are blackened. */
export function redactions(lines: readonly Line[]): number {
  return lines.reduce((sum, line) => {
    const known = blackenedOf.get(line) ?? line.words.filter((word) => word.redacted).length;
    blackenedOf.set(line, known);
    return sum + known;
  }, 0);
}
