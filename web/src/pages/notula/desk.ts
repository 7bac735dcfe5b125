/** What everything on a notula's page works with: the manuscript, the lines it cites, and the player that plays them. */

import type { Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Line, Office } from "../../api/types";
import type { Manuscript } from "../../state/notula/manuscript";
import type { Player } from "../../state/player";

export interface Desk {
  manuscript: Manuscript;
  player: Player;
  /** Null: still being read. */
  lines: Signal<readonly Line[] | null>;
  /** Lines by id, and when each begins. */
  byId: Signal<ReadonlyMap<string, Line>>;
  starts: Signal<ReadonlyMap<string, number>>;
  /** The statement that citations are being chosen for. */
  citing: Signal<string | null>;
  /** The statement whose citation was last played: its words are shown there. */
  playing: Signal<string | null>;
  /** The statement that a participant proposes to change. */
  proposing: Signal<string | null>;
  offices: Signal<readonly Office[]>;
  zone: string;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("a part of a notula outside its page");
  return desk;
}
