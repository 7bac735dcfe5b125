/** Who stands on the stage when not everybody fits. Pure. */

import type { Participant } from "../protocol/messages";

/**
 * The seats to show, in order, at most `capacity`.
 *
 * Who was shown stays in place. A free place goes to whoever should be seen most; and somebody who speaks unseen takes
 * the place of the shown person who is least wanted there. `self` always has the first place.
 */
export function onStage(
  shown: readonly string[],
  participants: ReadonlyMap<string, Participant>,
  speaking: readonly string[],
  self: string | null,
  capacity: number,
): string[] {
  const others = [...participants.values()].filter((each) => each.seat !== self);
  const own = self !== null && participants.has(self) ? [self] : [];
  const places = Math.max(0, capacity - own.length);
  const wanted = [...others]
    .sort((a, b) => weight(b, speaking) - weight(a, speaking))
    .map((each) => each.seat);
  const chosen = new Set(fill(keep(shown, others, places), wanted, places));
  for (const seat of speaking)
    if (participants.has(seat) && seat !== self) admit(chosen, seat, wanted, speaking, places);
  return [...own, ...chosen].slice(0, capacity);
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
