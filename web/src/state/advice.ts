/** Advice to save data, once per stay in a room, when the line has been poor for a while. */

import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Mode } from "./watch";

const POOR = 1;
const POOR_FOR_MS = 15_000;

export class Advice {
  readonly shown: Signal<boolean> = signal(false);
  private given = false;
  private timer = 0;
  private readonly stop: () => void;

  /** `quality`: one's own, 0 to 3; undefined before it is known. */
  constructor(quality: ReadonlySignal<number | undefined>, mode: ReadonlySignal<Mode>) {
    this.stop = effect(() => {
      const poor = mode.value === "full" && (quality.value ?? POOR + 1) <= POOR;
      if (!poor) this.calm();
      else if (!this.given && !this.timer) this.timer = window.setTimeout(() => this.give(), POOR_FOR_MS);
    });
  }

  dismiss(): void {
    this.shown.value = false;
  }

  /** Idempotent. */
  close(): void {
    this.stop();
    clearTimeout(this.timer);
  }

  private give(): void {
    this.timer = 0;
    this.given = true;
    this.shown.value = true;
  }

  private calm(): void {
    clearTimeout(this.timer);
    this.timer = 0;
    this.shown.value = false;
  }
}
