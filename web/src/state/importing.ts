/** An import that is looked at before it is applied. Pure. */

import type { Counts, Outcome, Preview, PreviewRow } from "../api/directory";

/** In the order in which they ask for attention. */
export const OUTCOMES: readonly Outcome[] = ["wrong", "changed", "new", "same"];

/** What is shown first: what somebody must look at, then what would change. */
export function firstShown(counts: Counts): Outcome {
  return OUTCOMES.find((each) => counts[each] > 0) ?? "same";
}

export interface Offer {
  /** Rows that would be written; 0: nothing to do. */
  rows: number;
  /** Only the right ones: others are wrong. */
  partial: boolean;
}

export function offer(counts: Counts): Offer {
  return { rows: counts.new + counts.changed, partial: counts.wrong > 0 };
}

/** Rows with this outcome, and how many more there are than were sent. */
export function shown(preview: Preview, outcome: Outcome): { rows: PreviewRow[]; more: number } {
  const rows = preview.rows.filter((row) => row.outcome === outcome);
  return { rows, more: preview.counts[outcome] - rows.length };
}
