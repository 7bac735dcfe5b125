/** One line's text in a person's hands. Pure. */

import type { Line } from "../../api/types";
import { cleaned, LONGEST, type TextEdit } from "./edits";

export interface Open {
  line: string;
  /** Which the next edit is made for. */
  version: number;
  /** As it stood when it was opened: what Escape brings back. */
  first: string;
  /** As it was saved last. */
  saved: string;
  /** As it stands in the field. */
  typed: string;
  /** What is selected in the field, or where its cursor stands. */
  selection: readonly [number, number];
}

export function opened(line: Line, version: number, at: number | null = null): Open {
  const { text } = line;
  const place = at ?? text.length;
  return { line: line.id, version, first: text, saved: text, typed: text, selection: [place, place] };
}

/** What is to be saved of it; null: nothing. An empty line and one that is too long are not. */
export function saving(open: Open, id: string): TextEdit | null {
  const text = cleaned(open.typed);
  if (text === open.saved || text === "" || text.length > LONGEST) return null;
  return { id, kind: "text", line: open.line, version: open.version, text };
}

/** What brings back the text it was opened with. */
export function reverting(open: Open, id: string): TextEdit | null {
  return saving({ ...open, typed: open.first }, id);
}

/** Our own edit made a new version of it. */
export function followed(open: Open | null, lines: readonly Line[]): Open | null {
  const line = lines.find((each) => each.id === open?.line);
  return open && line?.version === open.version + 1 ? { ...open, version: line.version } : open;
}

/** Where characters selected in the field stand in the text as it is kept. */
export function placed({ typed, selection: [start, end] }: Open): [number, number] {
  const from = cleaned(typed.slice(0, start)).length;
  const gap = from > 0 && /\s$/.test(typed.slice(0, start)) ? 1 : 0;
  return [from + gap, Math.max(from + gap, cleaned(typed.slice(0, end)).length)];
}
