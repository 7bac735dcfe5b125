/** Lines as a reader takes them in: one turn of one speaker after another. Pure. */

import type { Line } from "../api/types";

/** A pause longer than this begins a new turn even when the speaker stays, so that long talks keep their times. */
const LONGEST_PAUSE_S = 20;

export interface Turn {
  key: string;
  office: string;
  /** Null: the speaker of this seat is not yet set. */
  speaker: string | null;
  position: string | null;
  lines: Line[];
}

export function turns(lines: readonly Line[]): Turn[] {
  const found: Turn[] = [];
  for (const line of lines) {
    const turn = found.at(-1);
    if (turn && continues(turn, line)) turn.lines.push(line);
    else
      found.push({
        key: line.id,
        office: line.office,
        speaker: line.speaker,
        position: line.position,
        lines: [line],
      });
  }
  return found;
}

function continues(turn: Turn, line: Line): boolean {
  const last = turn.lines.at(-1);
  const same = last?.seat === line.seat && turn.speaker === line.speaker && turn.position === line.position;
  return same && line.start - (last?.end ?? 0) < LONGEST_PAUSE_S;
}

/** Who has spoken, with their positions, in the order of their first words. */
export function speakers(lines: readonly Line[]): ReadonlyMap<string, string> {
  return new Map(lines.flatMap(({ speaker, position }) => (speaker ? [[speaker, position ?? ""]] : [])));
}

/** The word that is spoken at `time` (meeting seconds): the last that has begun. -1 before the first. */
export function wordAt(line: Line, time: number): number {
  return line.words.findLastIndex((word) => word.start <= time);
}
