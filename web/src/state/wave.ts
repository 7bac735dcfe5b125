/** The waveform beside a player: which part of a meeting it shows, and how high it is there. Pure. */

/** Seconds of a meeting, [from, to). */
export interface Span {
  from: number;
  to: number;
}

const LEAD = 0.08;

/** The span of `length` seconds that shows `at`: the same as long as it does, then one that begins a little before it. */
export function shown(span: Span | null, at: number, length: number, seconds: number): Span {
  if (span && span.to - span.from === length && at >= span.from && at < span.to) return span;
  const from = Math.max(0, Math.min(at - length * LEAD, seconds - length));
  return { from, to: from + length };
}

/** The loudest peak under each of `columns` columns, 0 to 1. */
export function heights(peaks: Uint8Array, perSecond: number, span: Span, columns: number): number[] {
  const each = ((span.to - span.from) * perSecond) / columns;
  return Array.from({ length: columns }, (_, column) => {
    const first = Math.floor(span.from * perSecond + column * each);
    const last = Math.max(first + 1, Math.floor(span.from * perSecond + (column + 1) * each));
    let most = 0;
    for (let at = first; at < last; at++) most = Math.max(most, peaks[at] ?? 0);
    return most / 255;
  });
}

/** Where a second stands in a span, 0 to 1; outside it beyond them. */
export const within = (span: Span, at: number) => (at - span.from) / (span.to - span.from);

export function decoded(peaks: string): Uint8Array {
  return Uint8Array.from(atob(peaks), (letter) => letter.charCodeAt(0));
}
