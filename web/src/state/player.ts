/** Plays the sound of one line after another and knows the meeting second that is being heard. */

import { type Signal, signal } from "@preact/signals";
import type { Line } from "../api/types";

export interface Playing {
  line: Line;
  /** Meeting seconds. */
  at: number;
  paused: boolean;
}

export const SPEEDS = [1, 1.25, 1.5, 2] as const;

export class Player {
  readonly now: Signal<Playing | null> = signal(null);
  /** The line whose sound did not load. */
  readonly failed: Signal<string | null> = signal(null);
  readonly speed: Signal<number> = signal(1);
  private readonly sound = new Audio();
  private readonly ahead = new Audio();
  private frame = 0;

  constructor(private readonly next: (line: Line, step: 1 | -1) => Line | undefined) {
    this.sound.preload = "auto";
    this.ahead.preload = "auto";
    this.sound.onended = () => this.skip(1);
    this.sound.onerror = () => this.fail();
    this.sound.onpause = () => this.note();
    this.sound.onplay = () => this.tick();
  }

  /** Play `line`, from its start or from the meeting second `from`. A refusal by the browser leaves it paused. */
  play(line: Line, from = line.start): void {
    this.failed.value = null;
    if (this.now.value?.line.id !== line.id) this.load(line);
    this.now.value = { line, at: from, paused: false };
    this.sound.currentTime = Math.max(0, from - line.start);
    this.start();
  }

  /** Show `line` as the one to play, silently. */
  offer(line: Line): void {
    this.load(line);
    this.now.value = { line, at: line.start, paused: true };
  }

  toggle(): void {
    const now = this.now.value;
    if (now && this.failed.value === now.line.id) this.again(now);
    else if (!this.sound.paused) this.sound.pause();
    else if (now) this.start();
  }

  skip(step: 1 | -1): void {
    const line = this.now.value && this.next(this.now.value.line, step);
    if (line) this.play(line);
    else this.note();
  }

  faster(): void {
    const index = (SPEEDS as readonly number[]).indexOf(this.speed.value);
    this.speed.value = SPEEDS[(index + 1) % SPEEDS.length] ?? 1;
    this.sound.playbackRate = this.speed.value;
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    this.sound.onerror = null;
    this.sound.onended = null;
    this.sound.onpause = null;
    this.sound.pause();
    this.sound.removeAttribute("src");
    this.ahead.removeAttribute("src");
    this.now.value = null;
  }

  /** What did not load is asked for once more. */
  private again({ line, at }: Playing): void {
    this.load(line);
    this.play(line, at);
  }

  private load(line: Line): void {
    this.sound.src = line.audio;
    this.sound.defaultPlaybackRate = this.speed.value;
    const after = this.next(line, 1);
    if (after) this.ahead.src = after.audio;
  }

  private start(): void {
    this.sound.play().catch((error) => {
      if (error?.name === "NotAllowedError") this.note();
    });
  }

  private fail(): void {
    this.failed.value = this.now.value?.line.id ?? null;
    this.sound.pause();
    this.note();
  }

  private tick(): void {
    this.note();
    cancelAnimationFrame(this.frame);
    if (!this.sound.paused) this.frame = requestAnimationFrame(() => this.tick());
  }

  private note(): void {
    const now = this.now.value;
    if (!now) return;
    const at = now.line.start + this.sound.currentTime;
    this.now.value = { line: now.line, at, paused: this.sound.paused };
  }
}
