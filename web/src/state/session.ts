/**
 * The life of the room's socket, as a table.
 *
 * idle → connecting → greeting → joined, by way of held where somebody must let this page in; a lost socket waits and connects again, for as long as the person stays;
 * `over` is for good: left, ended, or refused by the server.
 */

export type Phase = "idle" | "connecting" | "greeting" | "held" | "joined" | "waiting" | "over";
export type Happening = "start" | "opened" | "held" | "admitted" | "welcomed" | "lost" | "retry" | "finished";
export type Effect = "connect" | "greet" | "wait" | "close" | "none";

type Step = readonly [Phase, Effect];

export const STEPS: Record<Phase, Partial<Record<Happening, Step>>> = {
  idle: {
    start: ["connecting", "connect"],
    finished: ["over", "none"],
  },
  connecting: {
    opened: ["greeting", "greet"],
    lost: ["waiting", "wait"],
    finished: ["over", "close"],
  },
  greeting: {
    welcomed: ["joined", "none"],
    held: ["held", "none"],
    lost: ["waiting", "wait"],
    finished: ["over", "close"],
  },
  held: {
    admitted: ["greeting", "greet"],
    lost: ["waiting", "wait"],
    finished: ["over", "close"],
  },
  joined: {
    lost: ["waiting", "wait"],
    finished: ["over", "close"],
  },
  waiting: {
    retry: ["connecting", "connect"],
    finished: ["over", "close"],
  },
  over: {},
};

/** What a phase does not list came too late (a timer, a socket already replaced) and changes nothing. */
export function step(phase: Phase, happening: Happening): Step {
  return STEPS[phase][happening] ?? [phase, "none"];
}
