/** Who stands on the stage when not everybody fits. Pure. */

import type { Participant } from "../protocol/messages";

/**
 * The seats to show, in order, at most `capacity`.
 *
 * Who was shown stays in place. A free place goes to whoever should be seen most; and somebody who speaks unseen takes
 * the place of the shown person who is least wanted there. `pinned` seats have the first places, and `self` the next.
 */
export function onStage(
  shown: readonly string[],
  participants: ReadonlyMap<string, Participant>,
  speaking: readonly string[],
  self: string | null,
  capacity: number,
  pinned: readonly string[] = [],
): string[] {
  const own = self !== null && participants.has(self) ? [self] : [];
  const held = pinned.filter((seat) => participants.has(seat) && seat !== self);
  const head = [...held.slice(0, Math.max(0, capacity - own.length)), ...own].slice(0, capacity);
  const places = capacity - head.length;
  const others = [...participants.values()].filter((each) => !head.includes(each.seat));
  const wanted = byWeight(others, speaking);
  const chosen = new Set(fill(keep(shown, others, places), wanted, places));
  for (const seat of speaking)
    if (participants.has(seat) && !head.includes(seat)) admit(chosen, seat, wanted, speaking, places);
  return [...head, ...chosen];
}

/** One page of all the seats: `first` is the first page, the rest of `order` fills the others. Pages count from 0. */
export function paged(
  first: readonly string[],
  order: readonly string[],
  page: number,
  capacity: number,
): { seats: readonly string[]; page: number; pages: number } {
  const shown = new Set(first);
  const rest = order.filter((seat) => !shown.has(seat));
  const pages = 1 + (capacity > 0 ? Math.ceil(rest.length / capacity) : 0);
  const here = Math.min(page, pages - 1);
  const from = (here - 1) * capacity;
  return { seats: here === 0 ? first : rest.slice(from, from + capacity), page: here, pages };
}

/** Most wanted first; each is weighed once. */
function byWeight(people: readonly Participant[], speaking: readonly string[]): string[] {
  return people
    .map((each) => ({ seat: each.seat, weight: weight(each, speaking) }))
    .sort((a, b) => b.weight - a.weight)
    .map((each) => each.seat);
}

function weight(person: Participant, speaking: readonly string[]): number {
  const chair = person.role === "chair" ? 4 : 0;
  return (speaking.includes(person.seat) ? 8 : 0) + chair + (person.camera ? 2 : 0) + (person.mic ? 1 : 0);
}

function keep(shown: readonly string[], others: readonly Participant[], places: number): string[] {
  const present = new Set(others.map((each) => each.seat));
  return shown.filter((seat) => present.has(seat)).slice(0, places);
}

function fill(kept: readonly string[], wanted: readonly string[], places: number): string[] {
  const free = wanted.filter((seat) => !kept.includes(seat));
  return [...kept, ...free.slice(0, places - kept.length)];
}

/** Put `seat` where the least wanted silent person stands, keeping everybody else's place. */
function admit(
  chosen: Set<string>,
  seat: string,
  wanted: string[],
  speaking: readonly string[],
  places: number,
): void {
  if (chosen.has(seat) || places === 0) return;
  const loser = wanted.findLast((each) => chosen.has(each) && !speaking.includes(each));
  if (!loser) return;
  const order = [...chosen].map((each) => (each === loser ? seat : each));
  chosen.clear();
  for (const each of order) chosen.add(each);
}
