/** Lines for tests: words a second long, from the line's start. */

import type { Flag, FlagKind, Line } from "../../api/types";

/** A passage in brackets carries a flag of this kind: `pukul [sembilan] pagi`. */
export function line(id: string, marked: string, more: Partial<Line> = {}, kind: FlagKind = "number"): Line {
  const flags: Flag[] = [];
  let text = "";
  for (const [index, part] of marked.split(/[[\]]/).entries()) {
    if (index % 2 === 1) flags.push({ kind, start: text.length, end: text.length + part.length, doubt: 0.5 });
    text += part;
  }
  const from = more.start ?? 0;
  const said = text.split(" ").filter(Boolean);
  const words = said.map((word, index) => ({
    text: word,
    start: from + index,
    end: from + index + 1,
    probability: 0.9,
    doubt: 0.1,
    heard: null,
    by_hand: false,
    checked: false,
    redacted: false,
  }));
  return {
    id,
    meeting_id: "m",
    seat: "s",
    office: "KPU RI",
    speaker: "Ratna Widjaja",
    position: "Ketua",
    known_by: "sole_occupant",
    start: from,
    end: from + said.length,
    text,
    version: 1,
    edited: false,
    words,
    flags,
    audio: `/sound/${id}`,
    ...more,
  };
}
