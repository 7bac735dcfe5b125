/**
 * The health of the media path, as a table: what is tried when it fails, and how long each state may last.
 *
 * No state but `flowing` and `idle` lasts: each has a limit, and running out of it is a step too. A broken path is first
 * given a new route (ICE restart: DTLS, SRTP and slots go on), then replaced by a new connection, again and again with
 * growing pauses, until it flows or the person leaves.
 */

export type Health = "idle" | "offering" | "connecting" | "flowing" | "ailing" | "restarting" | "pausing";
export type Sign =
  /** A first or a new connection is wanted: nothing can be kept. */
  | "wanted"
  | "answered"
  | "up"
  | "down"
  /** Looked at, nothing arrived: sure sooner than the browser is. */
  | "stale"
  /** The socket is back: an offer made meanwhile was heard by nobody. */
  | "reached"
  /** The browser has given the path up: ICE or DTLS failed. */
  | "failed"
  /** The server refused an offer. */
  | "refused"
  | "expired"
  | "closed";
export type Remedy = "renew" | "restart" | "none";

type Step = readonly [Health, Remedy];

/** Seconds a state may last before `expired`. `pausing` lasts as long as `pause` says. */
export const LIMIT_S: Record<Health, number | null> = {
  idle: null,
  offering: 8,
  connecting: 10,
  flowing: null,
  ailing: 2,
  restarting: 6,
  pausing: 0,
};

const AFRESH: Step = ["offering", "renew"];
const PAUSE: Step = ["pausing", "none"];
const END: Step = ["idle", "none"];

export const STEPS: Record<Health, Partial<Record<Sign, Step>>> = {
  idle: { wanted: AFRESH },
  offering: {
    wanted: AFRESH,
    answered: ["connecting", "none"],
    refused: PAUSE,
    failed: PAUSE,
    expired: PAUSE,
    closed: END,
  },
  connecting: {
    wanted: AFRESH,
    up: ["flowing", "none"],
    failed: PAUSE,
    expired: PAUSE,
    closed: END,
  },
  flowing: {
    wanted: AFRESH,
    down: ["ailing", "none"],
    stale: ["restarting", "restart"],
    failed: ["restarting", "restart"],
    closed: END,
  },
  ailing: {
    wanted: AFRESH,
    up: ["flowing", "none"],
    stale: ["restarting", "restart"],
    failed: ["restarting", "restart"],
    expired: ["restarting", "restart"],
    closed: END,
  },
  restarting: {
    wanted: AFRESH,
    up: ["flowing", "none"],
    reached: ["restarting", "restart"],
    refused: AFRESH,
    expired: AFRESH,
    closed: END,
  },
  // Given up, not yet closed: an answer just too late, or a slow handshake, is better than any new connection.
  pausing: {
    wanted: AFRESH,
    answered: ["connecting", "none"],
    up: ["flowing", "none"],
    expired: AFRESH,
    closed: END,
  },
};

export function step(health: Health, sign: Sign): Step {
  return STEPS[health][sign] ?? [health, "none"];
}

/** Seconds to pause after `failures` connections in a row that never flowed. */
export function pause(failures: number, chance: number): number {
  return Math.min(8, 0.5 * 2 ** failures) * (0.75 + chance / 2);
}
