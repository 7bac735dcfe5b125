/** What of a transcript a person should look at: passages of lines, by the flags that the server gives. Pure. */

import type { Flag, FlagKind, Line, Word } from "../api/types";

export const KINDS = ["low_confidence", "number", "name", "negation", "crosstalk"] as const;

/** Consecutive words of a line that belong together. */
export interface Passage {
  /** Index of the first word in `wordsOf(line)`. */
  first: number;
  words: Word[];
  /** Empty where nothing is to be looked at. */
  kinds: FlagKind[];
  /** What was heard, where the record writes any of the words otherwise. */
  heard: string | null;
  /** Chance that the most doubtful word is wrong. */
  doubt: number;
}

/** A line of which no words are kept is one long word. */
export function wordsOf(line: Line): readonly Word[] {
  if (line.words.length > 0) return line.words;
  const whole = { text: line.text, start: line.start, end: line.end, probability: 0, doubt: 0, heard: null };
  return [{ ...whole, by_hand: line.edited, checked: false, redacted: false }];
}

/** All words of a line in order. Words that share a flag are one passage, and so is one that was heard otherwise. */
export function passages(line: Line, kinds: ReadonlySet<FlagKind>): Passage[] {
  const flags = line.flags.filter((flag) => kinds.has(flag.kind));
  const words = wordsOf(line);
  const marks = places(line).map(([start, end]) =>
    flags.filter((each) => each.start < end && each.end > start),
  );
  const found: Passage[] = [];
  let first = 0;
  for (let index = 1; index <= words.length; index++) {
    if (index < words.length && joined(words, marks, index)) continue;
    found.push(passage(first, words.slice(first, index), marks.slice(first, index).flat()));
    first = index;
  }
  return found;
}

/** Whether a word belongs to the passage of the one before it. */
function joined(words: readonly Word[], marks: readonly Flag[][], index: number): boolean {
  const [before = [], here = []] = [marks[index - 1], marks[index]];
  if (before.length > 0 || here.length > 0) return here.some((flag) => before.includes(flag));
  return words[index - 1]?.heard === null && words[index]?.heard === null;
}

function passage(first: number, words: Word[], flags: readonly Flag[]): Passage {
  const otherwise = words.some((word) => word.heard !== null);
  return {
    first,
    words,
    kinds: KINDS.filter((kind) => flags.some((flag) => flag.kind === kind)),
    heard: otherwise ? words.map((word) => word.heard ?? word.text).join(" ") : null,
    doubt: Math.max(...words.map((word) => word.doubt)),
  };
}

/** Where each word stands in the line's text: [start, end). */
export function places(line: Line): [number, number][] {
  let at = 0;
  return wordsOf(line).map((word) => {
    const start = line.text.indexOf(word.text, at);
    if (start < 0) return [at, at];
    at = start + word.text.length;
    return [start, at];
  });
}

/** How many passages carry each kind of flag. */
export function counted(lines: readonly Line[]): Record<FlagKind, number> {
  const found = { low_confidence: 0, number: 0, name: 0, negation: 0, crosstalk: 0 };
  for (const flag of lines.flatMap((line) => line.flags)) found[flag.kind] += 1;
  return found;
}

/** A passage to look at. */
export interface Stop {
  /** Id of its element. */
  key: string;
  line: Line;
  /** Meeting second at which it is spoken. */
  at: number;
  /** Its place in the line's text, [start, end). */
  start: number;
  end: number;
  doubt: number;
}

export function keyOf(line: Line, first: number): string {
  return `periksa-${line.id}-${first}`;
}

/** All passages to look at, in the order spoken. */
export function stops(lines: readonly Line[], kinds: ReadonlySet<FlagKind>): Stop[] {
  return lines.flatMap((line) => stopsOf(line, kinds));
}

/** A transcript has thousands of lines, and few of them change: what was found of a line is kept as long as the line. */
const found = new WeakMap<Line, { kinds: ReadonlySet<FlagKind>; stops: readonly Stop[] }>();

export function stopsOf(line: Line, kinds: ReadonlySet<FlagKind>): readonly Stop[] {
  if (line.flags.length === 0) return [];
  const known = found.get(line);
  if (known?.kinds === kinds) return known.stops;
  const spots = places(line);
  const stops = passages(line, kinds)
    .filter((each) => each.kinds.length > 0)
    .map((each) => ({
      key: keyOf(line, each.first),
      line,
      at: each.words[0]?.start ?? line.start,
      start: spots[each.first]?.[0] ?? 0,
      end: spots[each.first + each.words.length - 1]?.[1] ?? line.text.length,
      doubt: each.doubt,
    }));
  found.set(line, { kinds, stops });
  return stops;
}

/** The stop one `step` from the one with this key, round at the ends; from nowhere the first or the last. */
export function stepped(found: readonly Stop[], key: string | null, step: 1 | -1): Stop | undefined {
  const at = found.findIndex((stop) => stop.key === key);
  if (at < 0) return found.at(step === 1 ? 0 : -1);
  return found[(at + step + found.length) % found.length];
}
