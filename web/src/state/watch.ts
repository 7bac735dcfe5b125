/** What this page wants to see, as the server is told it. Pure. */

import type { Shown, Watch } from "../protocol/messages";

export type Mode = Watch["mode"];

/** A tile on the screen now. */
export interface Tile {
  seat: string;
  /** CSS pixels. */
  height: number;
}

export interface Sight {
  mode: Mode;
  pinned: readonly string[];
  /** In the order of the page; null before the page knows its size. */
  tiles: readonly Tile[] | null;
  /** Nobody has looked at this tab for a while. */
  hidden: boolean;
  /** Device pixels per CSS pixel. */
  scale: number;
}

/** Pixels between which it makes no difference which layer comes: a window being resized stays silent. */
const STEPS = [90, 135, 180, 270, 360, 540, 720, 1080, 2160, 4320];

/** `first`: seats that matter more than their place on the page says, such as the chair's. */
export function watch(sight: Sight, self: string | null, first: ReadonlySet<string>): Watch {
  const { mode, pinned, tiles, hidden, scale } = sight;
  const looking = mode !== "audio" && !hidden;
  const others = tiles?.filter((tile) => tile.seat !== self) ?? null;
  const shown = others && [...others].sort((a, b) => rank(a, pinned, first) - rank(b, pinned, first));
  return {
    type: "watch",
    mode,
    pinned: [...pinned],
    shown: looking ? (shown?.map((tile) => asked(tile, scale)) ?? null) : [],
  };
}

function rank({ seat }: Tile, pinned: readonly string[], first: ReadonlySet<string>): number {
  if (pinned.includes(seat)) return 0;
  return first.has(seat) ? 1 : 2;
}

function asked({ seat, height }: Tile, scale: number): Shown {
  const pixels = Math.round(height * scale);
  return { seat, height: STEPS.find((step) => step >= pixels) ?? 4320 };
}

export function same(a: Watch, b: Watch): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
