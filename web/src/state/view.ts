/** What this person looks at: how much data it may cost, who is pinned, which tiles stand on the page. Tells the server. */

import { effect, type Signal, signal } from "@preact/signals";
import type { Watch } from "../protocol/messages";
import { type Mode, same, type Tile, watch } from "./watch";

/** As many pins as the server takes. */
const MOST_PINNED = 8;
const REMEMBERED = "rakor.mode";
/** One message for many changes, and never more than three in a second. */
const PAUSE_MS = 350;
/** A glance at another tab is no reason to stop the pictures. */
const AWAY_MS = 5000;

export interface ViewPorts {
  self(): string | null;
  /** Seats that matter more than their place on the page says. */
  first(): ReadonlySet<string>;
  /** False while the socket is down. */
  tell(message: Watch): boolean;
}

function recall(): Mode {
  const mode = localStorage.getItem(REMEMBERED);
  return mode === "saving" || mode === "audio" ? mode : "full";
}

export class View {
  readonly mode: Signal<Mode> = signal(recall());
  readonly pinned: Signal<readonly string[]> = signal([]);
  readonly tiles: Signal<readonly Tile[] | null> = signal(null);
  private readonly hidden = signal(false);
  private told: Watch | null = null;
  private pause = 0;
  private away = 0;
  private readonly stop: () => void;
  private readonly look = () => this.glance();

  constructor(private readonly ports: ViewPorts) {
    document.addEventListener("visibilitychange", this.look);
    this.stop = effect(() => {
      // Read so that a change of any of them is told.
      void [this.mode.value, this.pinned.value, this.tiles.value, this.hidden.value];
      this.soon();
    });
  }

  setMode(mode: Mode): void {
    this.mode.value = mode;
    localStorage.setItem(REMEMBERED, mode);
  }

  pin(seat: string): void {
    if (this.pinned.value.includes(seat)) return;
    this.pinned.value = [...this.pinned.value, seat].slice(-MOST_PINNED);
  }

  unpin(seat: string): void {
    if (this.pinned.value.includes(seat))
      this.pinned.value = this.pinned.value.filter((each) => each !== seat);
  }

  /** The server has welcomed us: it may remember something else, or nothing. */
  welcomed(): void {
    this.told = null;
    this.say();
  }

  /** Idempotent. */
  close(): void {
    this.stop();
    clearTimeout(this.pause);
    clearTimeout(this.away);
    document.removeEventListener("visibilitychange", this.look);
  }

  private glance(): void {
    clearTimeout(this.away);
    if (document.visibilityState === "visible") this.hidden.value = false;
    else this.away = window.setTimeout(() => (this.hidden.value = true), AWAY_MS);
  }

  private soon(): void {
    if (this.pause) return;
    this.pause = window.setTimeout(() => {
      this.pause = 0;
      this.say();
    }, PAUSE_MS);
  }

  private say(): void {
    const sight = {
      mode: this.mode.peek(),
      pinned: this.pinned.peek(),
      tiles: this.tiles.peek(),
      hidden: this.hidden.peek(),
      scale: devicePixelRatio,
    };
    const message = watch(sight, this.ports.self(), this.ports.first());
    if (this.told && same(message, this.told)) return;
    if (this.ports.tell(message)) this.told = message;
  }
}
