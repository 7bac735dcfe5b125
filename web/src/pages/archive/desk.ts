/** What everything on the page of a transcript shares, so that thousands of lines need not be handed it one by one. */

import type { ReadonlySignal, Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { EditingApi } from "../../api/editing";
import type { Line } from "../../api/types";
import type { Editing } from "../../state/editing/editing";
import type { Present } from "../../state/editing/presence";
import type { Player } from "../../state/player";
import type { Reviewing } from "../../state/reviewing";
import type { Nearness } from "./nearness";

/** The dialog that is open. */
export type Asking =
  | { what: "history" | "speaker"; line: Line }
  | { what: "redact"; line: Line; start: number; end: number }
  | { what: "replace" | "keys" };

export interface Desk {
  api: EditingApi;
  player: Player;
  review: Reviewing;
  nearness: Nearness;
  linked: string | null;
  /** Null: this person reads. */
  editing: Editing | null;
  /** Who else is here. */
  others: ReadonlySignal<readonly Present[]>;
  asking: Signal<Asking | null>;
  /** A disagreement is being decided on, rather than later. */
  deciding: Signal<boolean>;
  /** The line that the keyboard is at. */
  cursor: Signal<string | null>;
  /** Lines as they are shown, in the order spoken. */
  lines: () => readonly Line[];
  /** Shared seats may be given a name here, also by who does not edit. */
  names: boolean;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("a line outside its transcript");
  return desk;
}

export const rowOf = (line: string) => document.getElementById(`baris-${line}`);

export function lineOf(desk: Desk, id: string | null): Line | undefined {
  return id === null ? undefined : desk.lines().find((line) => line.id === id);
}

/** The next line of the same seat, which is what a line can be merged with. */
export function nextOfSeat(desk: Desk, line: Line): Line | undefined {
  const lines = desk.lines();
  const at = lines.findIndex((each) => each.id === line.id);
  return lines.find((each, index) => index > at && each.seat === line.seat);
}

/** Shows a line, and puts the keyboard there. */
export function goTo(desk: Desk, line: Line): void {
  desk.cursor.value = line.id;
  const row = rowOf(line.id);
  desk.nearness.bring(row?.closest(".turn"), () => {
    const now = rowOf(line.id);
    now?.focus({ preventScroll: true });
    now?.scrollIntoView({ block: "nearest" });
  });
}

/** Open the text of a line, and show its field. */
export function edit(desk: Desk, line: Line, at: number | null = null): void {
  if (!desk.editing) return;
  desk.nearness.bring(rowOf(line.id)?.closest(".turn"), () => undefined);
  desk.cursor.value = line.id;
  desk.editing.edit(line, at);
}
