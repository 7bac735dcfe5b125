/** Lines as they will be once the server has heard of an edit: the page does not wait for it. Pure. */

import type { Flag, Line, Word } from "../../api/types";
import { places, wordsOf } from "../review";
import { matches, tokens } from "./difference";
import { type Edit, structural } from "./edits";

export const BLACKENED = "[dihitamkan]";
export const INAUDIBLE = "(suara tidak jelas)";

/** What an edit makes of its line. What needs the server's word (halves, wholes, undone) leaves it as it is. */
export function drawn(line: Line, edit: Edit): Line {
  switch (edit.kind) {
    case "text":
      return retexted(line, edit.text);
    case "check":
      return checked(line, edit.start, edit.end);
    case "inaudible":
      return covered(line, edit.start, edit.end, { text: INAUDIBLE, by_hand: true });
    case "redact":
      return covered(line, edit.start, edit.end, { text: BLACKENED, by_hand: true, redacted: true });
    case "speaker":
      return { ...line, speaker: edit.name, position: edit.position || null, known_by: "named_by_hand" };
    default:
      return line;
  }
}

/** Lines with everything drawn over them that is still on its way. The same ones where there is nothing. */
export function overlaid(lines: readonly Line[], edits: readonly Edit[]): readonly Line[] {
  const byLine = new Map<string, Edit[]>();
  for (const edit of edits) {
    if (structural(edit) || !("line" in edit)) continue;
    byLine.set(edit.line, [...(byLine.get(edit.line) ?? []), edit]);
  }
  if (byLine.size === 0) return lines;
  return lines.map((line) => (byLine.get(line.id) ?? []).reduce(drawn, line));
}

/** What stays keeps its times, what is new gets those of what it replaces, or of the gap. */
export function retexted(line: Line, text: string): Line {
  const words = wordsOf(line);
  const said = tokens(text);
  const kept = new Map(
    matches(
      words.map((word) => word.text),
      said,
    ).map(([was, is]) => [is, was]),
  );
  const made: Made[] = [];
  for (let at = 0; at < said.length; ) {
    const was = kept.get(at);
    if (was !== undefined) {
      made.push({ word: words[was] as Word, was });
      at++;
      continue;
    }
    const run = said.slice(at, until(kept, at, said.length));
    const before = made.at(-1)?.word.end ?? line.start;
    const after = words[kept.get(at + run.length) ?? -1]?.start ?? line.end;
    made.push(...spread(run, before, Math.max(before, after)));
    at += run.length;
  }
  return { ...built(line, made), edited: true };
}

function until(kept: ReadonlyMap<number, number>, from: number, end: number): number {
  let at = from;
  while (at < end && !kept.has(at)) at++;
  return at;
}

function spread(run: readonly string[], from: number, to: number): Made[] {
  const each = (to - from) / run.length;
  return run.map((text, index) => ({
    word: typed(text, from + each * index, from + each * (index + 1)),
    was: null,
  }));
}

export function checked(line: Line, start: number, end: number): Line {
  const spots = places(line);
  const words = wordsOf(line).map((word, index) =>
    touches(spots[index], start, end) ? { ...word, checked: true, doubt: 0 } : word,
  );
  return { ...line, words, flags: line.flags.filter((flag) => flag.start >= end || flag.end <= start) };
}

/** One word in the place of those that the characters touch, as long as they were. */
function covered(line: Line, start: number, end: number, put: Partial<Word> & { text: string }): Line {
  const spots = places(line);
  const made: Made[] = [];
  for (const [was, word] of wordsOf(line).entries()) {
    if (!touches(spots[was], start, end)) made.push({ word, was });
    else if (made.at(-1)?.cover)
      (made.at(-1) as Made).word.end = Math.max((made.at(-1) as Made).word.end, word.end);
    else made.push({ word: { ...typed(put.text, word.start, word.end), ...put }, was: null, cover: true });
  }
  return { ...built(line, made), edited: true };
}

interface Made {
  word: Word;
  /** Index of the word that it was; null: a person's. */
  was: number | null;
  cover?: boolean;
}

/** A line of these words. A flag goes with its words as long as all of them stand together. */
function built(line: Line, made: readonly Made[]): Line {
  const spots = places(line);
  const moved = new Map<number, [number, number]>();
  let at = 0;
  for (const { word, was } of made) {
    if (was !== null) moved.set(was, [at, at + word.text.length]);
    at += word.text.length + 1;
  }
  const flags = line.flags.flatMap((flag): Flag[] => {
    const under = spots.flatMap((spot, index) => (touches(spot, flag.start, flag.end) ? [index] : []));
    const now = under.map((index) => moved.get(index));
    const [first, last] = [now[0], now.at(-1)];
    return first && last && now.every(Boolean) ? [{ ...flag, start: first[0], end: last[1] }] : [];
  });
  const words = made.map((each) => each.word);
  return { ...line, words, flags, text: words.map((word) => word.text).join(" ") };
}

const touches = (spot: [number, number] | undefined, start: number, end: number) =>
  spot !== undefined && spot[0] < end && spot[1] > start;

function typed(text: string, start: number, end: number): Word {
  const hand = { by_hand: true, checked: false, redacted: false };
  return { text, start, end, probability: 1, doubt: 0, heard: null, ...hand };
}
