/** A transcript as far as it has been read: first all of it, page by page, later only what is new, other or gone. */

import type { Line, Meeting, Transcript } from "../api/types";

export interface Read {
  meeting: Meeting;
  lines: readonly Line[];
  complete: boolean;
  /** Of the record, the newest change of which everything is here. */
  change: number;
  /** Pages of the first reading are still to come. */
  partly: boolean;
}

/** All pages of one answer as one. */
export type News = Omit<Transcript, "next">;

type Page = (after: string | null, since: number | null) => Promise<Transcript>;

/** Everything that changed since a change; all there is from null on. `part` is told of every page but the last. */
export async function news(
  page: Page,
  since: number | null,
  part: (told: News) => void = () => undefined,
): Promise<News> {
  const first = await page(null, since);
  const lines = [...first.lines];
  const gone = [...first.gone];
  for (let last = first; last.next; ) {
    part({ ...first, lines: last.lines, gone: last.gone });
    last = await page(last.next, since);
    lines.push(...last.lines);
    gone.push(...last.gone);
  }
  // What changed while later pages came is told from the first one's change on.
  return { ...first, lines, gone };
}

export function read(known: Read | null, { meeting, complete, change, ...told }: News, partly = false): Read {
  return { meeting, lines: placed(known?.lines ?? [], told), complete, change, partly };
}

/** Lines with those of an answer in their places, in the order spoken. The same lines, where it tells of none. */
export function placed(lines: readonly Line[], told: Pick<News, "lines" | "gone">): readonly Line[] {
  if (told.lines.length + told.gone.length === 0) return lines;
  const found = new Map(lines.map((line) => [line.id, line]));
  for (const line of told.lines) if (isNews(found.get(line.id), line)) found.set(line.id, line);
  for (const id of told.gone) found.delete(id);
  return [...found.values()].sort((one, other) => one.start - other.start);
}

/** An answer may have been overtaken by a later one; a line that is the same stays the same, so that it is not drawn again. */
function isNews(known: Line | undefined, told: Line): boolean {
  if (!known || told.version > known.version) return true;
  return told.version === known.version && JSON.stringify(told) !== JSON.stringify(known);
}
