/** Lines of a transcript to cite: those with all words that were typed, else those around a place. Pure. */

import type { Line } from "../../api/types";

export interface Offered {
  readonly lines: readonly Line[];
  /** So many there are besides. */
  readonly more: number;
}

const MOST = 80;

const plain = (text: string) =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f’']/g, "")
    .toLocaleLowerCase("id");

export function offered(lines: readonly Line[], query: string, around: string | undefined): Offered {
  const words = plain(query).split(/\s+/).filter(Boolean);
  if (words.length > 0) {
    const hits = lines.filter((line) => {
      const text = plain(`${line.text} ${line.speaker ?? ""} ${line.office}`);
      return words.every((word) => text.includes(word));
    });
    return { lines: hits.slice(0, MOST), more: Math.max(0, hits.length - MOST) };
  }
  const at = Math.max(
    0,
    lines.findIndex((line) => line.id === around),
  );
  const from = Math.max(0, Math.min(at - MOST / 4, lines.length - MOST));
  return { lines: lines.slice(from, from + MOST), more: Math.max(0, lines.length - MOST) };
}
