/** `window.rakor`: what operators and tests may read of a running room. Nothing can be changed through it. */

import type { Diagnostics } from "../../media/diagnostics";
import type { Health } from "../../media/health";
import type { Slot } from "../../protocol/messages";
import type { Call } from "../../state/call";

export interface Readings {
  readonly seat: string | null;
  readonly peer: string | null;
  /** `connected` while sound and pictures flow; else the state of the browser's connection. */
  readonly connection: string;
  readonly phase: string;
  /** Meeting time, in seconds. */
  readonly time: number;
  readonly slots: readonly Slot[];
  /** How the media path does, and what has been done for it since the room was entered. */
  readonly path: { readonly health: Health; readonly connections: number; readonly restarts: number };
  /** As the server was told it: see `watch`. */
  readonly mode: string;
  /** How well connections do, 0 to 3, by seat, as far as the server tells. */
  readonly quality: Readonly<Record<string, number>>;
  stats(): Promise<Diagnostics>;
}

declare global {
  interface Window {
    rakor?: Readings;
  }
}

export function offerDiagnostics(call: Call): () => void {
  window.rakor = {
    get seat() {
      return call.room.peek().seat;
    },
    get peer() {
      return call.path.peer;
    },
    get connection() {
      return call.connection.peek()?.rtc.connectionState ?? "none";
    },
    get phase() {
      return call.phase.peek();
    },
    get time() {
      return call.time();
    },
    get slots() {
      return call.room.peek().slots;
    },
    get path() {
      return { health: call.path.health.peek(), ...call.path.made };
    },
    get mode() {
      return call.view.mode.peek();
    },
    get quality() {
      return Object.fromEntries(call.room.peek().quality);
    },
    stats: () => call.diagnostics(),
  };
  return () => {
    delete window.rakor;
  };
}
