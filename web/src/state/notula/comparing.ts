/** Two texts word by word: what stayed, what went and what came. Pure. */

export interface Piece {
  readonly kind: "same" | "gone" | "come";
  readonly text: string;
}

/** Words squared: beyond it the texts stand whole beside each other. */
const MOST = 1_000_000;

export function pieces(before: string, after: string): Piece[] {
  const [was, now] = [words(before), words(after)];
  if (was.length * now.length > MOST) return joined([...as("gone", was), ...as("come", now)]);
  return joined(steps(was, now));
}

const words = (text: string) => text.split(/\s+/).filter(Boolean);
const as = (kind: Piece["kind"], list: string[]) => list.map((text): Piece => ({ kind, text }));

/** By the longest common subsequence; what goes stands before what comes in its stead. */
function steps(was: string[], now: string[]): Piece[] {
  const common = table(was, now);
  const found: Piece[] = [];
  let [i, j] = [0, 0];
  const at = (row: number, column: number) => common[row]?.[column] ?? 0;
  while (i < was.length || j < now.length) {
    const [old, next] = [was[i], now[j]];
    if (old !== undefined && old === next) {
      found.push({ kind: "same", text: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (next === undefined || at(i + 1, j) >= at(i, j + 1))) {
      found.push({ kind: "gone", text: old });
      i += 1;
    } else if (next !== undefined) {
      found.push({ kind: "come", text: next });
      j += 1;
    }
  }
  return found;
}

/** How many words the rests from (row, column) on have in common. */
function table(was: string[], now: string[]): Uint16Array[] {
  const rows = Array.from({ length: was.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = was.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const [row, below] = [rows[i], rows[i + 1]];
      if (!row || !below) continue;
      row[j] = was[i] === now[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  return rows;
}

function joined(list: Piece[]): Piece[] {
  const found: Piece[] = [];
  for (const piece of list) {
    const last = found.at(-1);
    if (last?.kind === piece.kind)
      found[found.length - 1] = { kind: piece.kind, text: `${last.text} ${piece.text}` };
    else found.push(piece);
  }
  return found;
}
