/** Everybody in the room in the order of lists: who leads, presenters, then by office and name. Pure. */

import { tileName } from "../format/people";
import type { Participant } from "../protocol/messages";

/** One for all comparisons: `localeCompare` makes its own each time, which 552 people feel. */
const COLLATOR = new Intl.Collator("id");
const RANKS: Record<Participant["role"], number> = {
  chair: 0,
  moderator: 1,
  secretariat: 2,
  presenter: 3,
  operator: 4,
  participant: 4,
  guest: 4,
  observer: 5,
};

/** `before` is what this gave the last time: only who is new, or is named anew, is compared with others. */
export function roster(
  before: readonly Participant[],
  participants: ReadonlyMap<string, Participant>,
): readonly Participant[] {
  const list: Participant[] = [];
  for (const each of before) {
    const now = participants.get(each.seat);
    if (now && stands(now, each)) list.push(now);
  }
  if (list.length === participants.size) return list;
  const settled = new Set(list.map((each) => each.seat));
  const fresh = [...participants.values()].filter((each) => !settled.has(each.seat));
  return merged(list, fresh.sort(inOrder));
}

/** Two lists in order, as one. */
function merged(list: readonly Participant[], fresh: readonly Participant[]): readonly Participant[] {
  const all: Participant[] = [];
  let from = 0;
  for (const each of fresh) {
    const to = place(list, each, from);
    all.push(...list.slice(from, to), each);
    from = to;
  }
  return [...all, ...list.slice(from)];
}

/** The first index, not before `from`, at which `person` comes before who stands there. */
function place(list: readonly Participant[], person: Participant, from: number): number {
  let [low, high] = [from, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (inOrder(list[middle] as Participant, person) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function stands(now: Participant, before: Participant): boolean {
  return now === before || (now.role === before.role && tileName(now) === tileName(before));
}

function inOrder(a: Participant, b: Participant): number {
  return RANKS[a.role] - RANKS[b.role] || COLLATOR.compare(tileName(a), tileName(b));
}
