/** Which words of two texts are the same. Pure. */

/** Beyond this many comparisons everything between what begins and what ends the same counts as other. */
const MOST_COMPARISONS = 400_000;

export interface Piece {
  how: "same" | "came" | "went";
  text: string;
}

/** Words of `before` and `after` that are the same ones, as pairs of their indices: a longest common subsequence. */
export function matches(before: readonly string[], after: readonly string[]): [number, number][] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const pairs: [number, number][] = [];
  for (let at = 0; at < head; at++) pairs.push([at, at]);
  const middle = between(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  for (const [one, other] of middle) pairs.push([one + head, other + head]);
  for (let at = tail; at > 0; at--) pairs.push([before.length - at, after.length - at]);
  return pairs;
}

function between(before: readonly string[], after: readonly string[]): [number, number][] {
  if (before.length * after.length > MOST_COMPARISONS) return [];
  const width = after.length + 1;
  const longest = new Uint16Array((before.length + 1) * width);
  const at = (one: number, other: number) => longest[one * width + other] ?? 0;
  for (let one = before.length - 1; one >= 0; one--)
    for (let other = after.length - 1; other >= 0; other--)
      longest[one * width + other] =
        before[one] === after[other]
          ? at(one + 1, other + 1) + 1
          : Math.max(at(one + 1, other), at(one, other + 1));
  const pairs: [number, number][] = [];
  for (let one = 0, other = 0; one < before.length && other < after.length; ) {
    if (before[one] === after[other]) pairs.push([one++, other++]);
    else if (at(one + 1, other) >= at(one, other + 1)) one++;
    else other++;
  }
  return pairs;
}

/** One text beside another: what stayed, what went and what came, in the order read. */
export function difference(before: string, after: string): Piece[] {
  const [was, is] = [tokens(before), tokens(after)];
  const pieces: Piece[] = [];
  const add = (how: Piece["how"], words: readonly string[]) => {
    if (words.length === 0) return;
    const last = pieces.at(-1);
    if (last?.how === how) last.text += ` ${words.join(" ")}`;
    else pieces.push({ how, text: words.join(" ") });
  };
  let [one, other] = [0, 0];
  for (const [here, there] of [...matches(was, is), [was.length, is.length] as const]) {
    add("went", was.slice(one, here));
    add("came", is.slice(other, there));
    add("same", was.slice(here, here + 1));
    [one, other] = [here + 1, there + 1];
  }
  return pieces;
}

/** Two people's texts of one, where they changed different places; null where they do not agree. */
export function merged(base: string, mine: string, theirs: string): string | null {
  const [was, one, other] = [tokens(base), tokens(mine), tokens(theirs)];
  const ofMine = new Map(matches(was, one));
  const ofTheirs = new Map(matches(was, other));
  const found: string[] = [];
  let [at, left, right] = [0, 0, 0];
  for (let index = 0; index <= was.length; index++) {
    const end = index === was.length;
    const [here, there] = end ? [one.length, other.length] : [ofMine.get(index), ofTheirs.get(index)];
    if (here === undefined || there === undefined) continue;
    const part = settled(was.slice(at, index), one.slice(left, here), other.slice(right, there));
    if (!part) return null;
    found.push(...part, ...was.slice(index, index + 1));
    [at, left, right] = [index + 1, here + 1, there + 1];
  }
  return found.join(" ");
}

/** Of a passage between words that all three have: the one who changed it, or both alike. */
function settled(was: readonly string[], mine: readonly string[], theirs: readonly string[]) {
  const [base, one, other] = [was, mine, theirs].map((words) => words.join(" "));
  if (one === other || other === base) return mine;
  return one === base ? theirs : null;
}

export function tokens(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
