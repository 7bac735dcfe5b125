/** Raised hands, who has the floor, and whether microphones are locked, as the page knows it. Pure. */

import type { Floor, Grant, Hand, Participant, Powers } from "../protocol/messages";

export type Power = Powers["may"][number];

export interface FloorState {
  /** In the order in which they asked to speak; interruptions first. */
  readonly hands: readonly Hand[];
  readonly grant: Grant | null;
  readonly micsLocked: boolean;
}

export const NO_FLOOR: FloorState = { hands: [], grant: null, micsLocked: false };
/** So long before its end the time of whoever has the floor is shown as running out. */
export const WARN_S = 30;

export function floor(message: Floor): FloorState {
  return { hands: message.hands, grant: message.grant, micsLocked: message.mics_locked };
}

/** The place of a raised hand, from 1; null where it is down. */
export function turn(state: FloorState, seat: string | null): number | null {
  const at = state.hands.findIndex((hand) => hand.seat === seat);
  return at < 0 ? null : at + 1;
}

/** Whose hands are raised, in order. A hand may be told of before its person is. */
export function asking(
  state: FloorState,
  participants: ReadonlyMap<string, Participant>,
): readonly { person: Participant; interrupts: boolean }[] {
  return state.hands.flatMap((hand) => {
    const person = participants.get(hand.seat);
    return person ? [{ person, interrupts: hand.request === "interrupt" }] : [];
  });
}

/** Why this page may not switch its microphone on now; null: it may. */
export function silenced(
  state: FloorState,
  may: ReadonlySet<Power>,
  seat: string | null,
): "observer" | "locked" | null {
  if (!may.has("speak")) return "observer";
  const holds = state.grant !== null && state.grant.seat === seat;
  return state.micsLocked && !holds && !may.has("speak_locked") ? "locked" : null;
}

/** Seconds that whoever has the floor still has at `time` (meeting seconds); below zero: over time. */
export function left(grant: Grant, time: number): number {
  return grant.since + grant.seconds - time;
}

export type Urgency = "plenty" | "soon" | "over";

export function urgency(seconds: number): Urgency {
  if (seconds <= 0) return "over";
  return seconds <= WARN_S ? "soon" : "plenty";
}
