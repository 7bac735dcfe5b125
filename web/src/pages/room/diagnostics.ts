/** `window.rakor`: what operators and tests may read of a running room. Nothing can be changed through it. */

import type { Diagnostics } from "../../media/diagnostics";
import type { Slot } from "../../protocol/messages";
import type { Call } from "../../state/call";

export interface Readings {
  readonly seat: string | null;
  readonly peer: string | null;
  /** `connected` while sound and pictures flow; else the state of the browser's connection. */
  readonly connection: string;
  readonly phase: string;
  readonly slots: readonly Slot[];
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
    get slots() {
      return call.room.peek().slots;
    },
    stats: () => call.diagnostics(),
  };
  return () => {
    delete window.rakor;
  };
}
