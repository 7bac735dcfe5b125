/** What can be done with a line, from its field or by keys. */

import type { Line } from "../../api/types";
import { t } from "../../locales";
import { type Desk, edit, goTo, nextOfSeat } from "./desk";

export interface Acts {
  saveNext(): void;
  split(): void;
  merge(): void;
  speaker(): void;
  inaudible(): void;
  redact(): void;
  history(): void;
}

/** `refuse` says why nothing was done; `selected`: characters of the line's text that are, or where the cursor stands. */
export function acts(
  desk: Desk,
  line: Line,
  refuse: (why: string) => void,
  selected: () => readonly [number, number] | null,
): Acts {
  const editing = desk.editing;
  const text = t.value.editing;
  /** As it is shown once its field is left. */
  const now = () => desk.lines().find((each) => each.id === line.id) ?? line;
  const ranged = (act: (of: Line, start: number, end: number) => void) => {
    const [start, end] = selected() ?? [0, 0];
    if (end <= start) {
      refuse(text.selectFirst);
      return;
    }
    editing?.leave();
    act(now(), start, end);
  };
  return {
    saveNext() {
      const lines = desk.lines();
      const next = lines[lines.findIndex((each) => each.id === line.id) + 1];
      editing?.leave();
      if (next) edit(desk, next, 0);
      else goTo(desk, line);
    },
    split() {
      const [at] = selected() ?? [0];
      editing?.do(line, (of) => ({ ...of, kind: "split", at }));
      goTo(desk, line);
    },
    merge() {
      const next = nextOfSeat(desk, line);
      if (!next) refuse(text.noNext);
      else {
        editing?.do(line, (of) => ({ ...of, kind: "merge", next: next.id, next_version: next.version }));
        goTo(desk, line);
      }
    },
    speaker() {
      editing?.leave();
      desk.asking.value = { what: "speaker", line };
    },
    inaudible: () =>
      ranged((of, start, end) => {
        editing?.do(of, (made) => ({ ...made, kind: "inaudible", start, end }));
        goTo(desk, line);
      }),
    redact: () =>
      ranged((of, start, end) => {
        desk.asking.value = { what: "redact", line: of, start, end };
      }),
    history() {
      editing?.leave();
      desk.asking.value = { what: "history", line };
    },
  };
}
