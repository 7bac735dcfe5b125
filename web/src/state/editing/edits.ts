/** What a person does with lines, as the server takes it. Every edit has an id of its own: it may be sent again. Pure. */

import type { Line } from "../../api/types";

interface OfLine {
  id: string;
  line: string;
  version: number;
}

interface OfRange extends OfLine {
  /** Characters of the line's text, [start, end). */
  start: number;
  end: number;
}

export interface Sought {
  find: string;
  put: string;
  match_case: boolean;
  whole_words: boolean;
}

export type TextEdit = OfLine & { kind: "text"; text: string };
export type Edit =
  | TextEdit
  | (OfLine & { kind: "split"; at: number })
  | (OfLine & { kind: "merge"; next: string; next_version: number })
  | (OfLine & { kind: "speaker"; name: string; position: string })
  | (OfRange & { kind: "inaudible" })
  | (OfRange & { kind: "redact"; why: string })
  | (OfRange & { kind: "check" })
  | (Sought & { id: string; kind: "replace"; lines: { line: string; version: number }[] })
  | { id: string; kind: "undo"; edit: string };

export type Kind = Edit["kind"];

export interface Answer {
  edit: string;
  change: number;
  lines: Line[];
  gone: string[];
  /** Of a replacement: what has changed since and was left. */
  conflicts: Line[];
}

/** Characters that one line may have. */
export const LONGEST = 4000;

/** Lines that an edit names itself. */
export function linesOf(edit: Edit): string[] {
  if (edit.kind === "undo") return [];
  if (edit.kind === "replace") return edit.lines.map((each) => each.line);
  return edit.kind === "merge" ? [edit.line, edit.next] : [edit.line];
}

/** Whether lines come or go by it, so that nothing else can be done with them before it is answered. */
export function structural(edit: Edit): boolean {
  return edit.kind === "split" || edit.kind === "merge" || edit.kind === "undo" || edit.kind === "replace";
}

/** An edit for a version that came of our own edit before it. */
export function rebased(edit: Edit, line: string, from: number, to: number): Edit {
  if (edit.kind === "undo") return edit;
  if (edit.kind === "replace") {
    const move = (each: { line: string; version: number }) =>
      each.line === line && each.version === from ? { line, version: to } : each;
    return { ...edit, lines: edit.lines.map(move) };
  }
  if (edit.kind === "merge" && edit.next === line && edit.next_version === from)
    return { ...edit, next_version: to };
  return edit.line === line && edit.version === from ? { ...edit, version: to } : edit;
}

/** A text as the server keeps it, so that places counted here are places there: NFC, single spaces, nothing unseen. */
export function cleaned(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "")
    .split(" ")
    .filter(Boolean)
    .join(" ");
}
