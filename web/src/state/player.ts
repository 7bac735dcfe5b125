/** Plays a meeting's sound, line by line or whole, and knows the meeting second that is being heard. */

import { type Signal, signal } from "@preact/signals";
import type { Line } from "../api/types";

export interface Playing {
  line: Line;
  /** Meeting seconds. */
  at: number;
  paused: boolean;
}

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;
/** Of a speed: a long press of the slider's ends is no reason to ask for sound again. */
const NEAR_S = 0.05;

export interface Ports {
  next(line: Line, step: 1 | -1): Line | undefined;
  /** The line spoken at a second of the meeting. */
  at(second: number): Line | undefined;
}

export class Player {
  readonly now: Signal<Playing | null> = signal(null);
  /** The line whose sound did not load. */
  readonly failed: Signal<string | null> = signal(null);
  readonly speed: Signal<number> = signal(1);
  /** The line that plays is played again and again. */
  readonly loop: Signal<boolean> = signal(false);
  /** Each line by its own microphone, where the whole meeting's sound is to be had too. */
  readonly own: Signal<boolean> = signal(false);
  /** Address of the whole meeting's sound, once it is there. */
  readonly whole: Signal<string | null> = signal(null);
  private readonly sound = new Audio();
  private readonly ahead = new Audio();
  private source = "";
  private frame = 0;

  constructor(private readonly ports: Ports) {
    this.sound.preload = "auto";
    this.ahead.preload = "auto";
    this.sound.onended = () => this.end();
    this.sound.onerror = () => this.fail();
    this.sound.onpause = () => this.note();
    this.sound.onplay = () => this.tick();
  }

  /** Play `line`, from its start or from the meeting second `from`. A refusal by the browser leaves it paused. */
  play(line: Line, from = line.start): void {
    this.failed.value = null;
    this.load(line);
    this.now.value = { line, at: from, paused: false };
    this.sound.currentTime = Math.max(0, from - this.begin(line));
    this.start();
  }

  /** Show `line` as the one to play, silently. */
  offer(line: Line): void {
    this.load(line);
    this.now.value = { line, at: line.start, paused: true };
  }

  /** To a second of the meeting; it goes on playing, or stays paused. */
  seek(at: number): void {
    const line = this.ports.at(at);
    if (!line) return;
    const paused = this.sound.paused;
    this.load(line);
    this.sound.currentTime = Math.max(0, at - this.begin(line));
    this.now.value = { line, at, paused };
    if (!paused) this.start();
  }

  back(seconds: number): void {
    const now = this.now.value;
    if (!now) return;
    const at = now.at - seconds;
    // A line's own sound has nothing before it: what is before is the line before.
    if (this.source === this.whole.value) this.seek(Math.max(0, at));
    else if (at >= now.line.start - NEAR_S) this.play(now.line, Math.max(now.line.start, at));
    else this.play(this.ports.next(now.line, -1) ?? now.line);
  }

  toggle(): void {
    const now = this.now.value;
    if (now && this.failed.value === now.line.id) this.again(now);
    else if (!this.sound.paused) this.sound.pause();
    else if (now) this.start();
  }

  skip(step: 1 | -1): void {
    const line = this.now.value && this.ports.next(this.now.value.line, step);
    if (line) this.play(line);
    else this.note();
  }

  /** A step slower or faster. */
  change(step: 1 | -1): void {
    const index = (SPEEDS as readonly number[]).indexOf(this.speed.value) + step;
    this.set(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, index))] ?? 1);
  }

  set(speed: number): void {
    this.speed.value = speed;
    this.sound.defaultPlaybackRate = speed;
    this.sound.playbackRate = speed;
  }

  /** The whole meeting's sound, from the next start on; null: it is no longer what was said, and ends at once. */
  take(whole: string | null): void {
    const playing = this.source !== "" && this.source === this.whole.value ? this.now.value : null;
    this.whole.value = whole;
    if (!playing || whole !== null) return;
    this.play(playing.line, playing.at);
    if (playing.paused) this.sound.pause();
  }

  /** From the next start on, by the line's own microphone or not. */
  only(own: boolean): void {
    this.own.value = own;
    const now = this.now.value;
    if (!now) return;
    const paused = this.sound.paused;
    this.play(now.line, now.at);
    if (paused) this.sound.pause();
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    this.stop();
    this.sound.onerror = null;
    this.sound.onended = null;
    this.sound.onpause = null;
  }

  /** Nothing plays, and nothing is shown to. */
  stop(): void {
    this.sound.pause();
    this.source = "";
    this.sound.removeAttribute("src");
    this.ahead.removeAttribute("src");
    this.now.value = null;
  }

  /** What did not load is asked for once more. */
  private again({ line, at }: Playing): void {
    this.source = "";
    this.play(line, at);
  }

  /** The meeting second at which what is loaded begins. */
  private begin(line: Line): number {
    return this.source === this.whole.value ? 0 : line.start;
  }

  private load(line: Line): void {
    const wanted = this.own.value ? line.audio : (this.whole.value ?? line.audio);
    if (wanted === this.source) return;
    this.source = wanted;
    this.sound.src = wanted;
    this.sound.defaultPlaybackRate = this.speed.value;
    const after = wanted === line.audio && this.ports.next(line, 1);
    if (after) this.ahead.src = after.audio;
  }

  private start(): void {
    this.sound.play().catch((error) => {
      if (error?.name === "NotAllowedError") this.note();
    });
  }

  private end(): void {
    const now = this.now.value;
    if (now && this.loop.value) this.play(now.line);
    else if (this.source !== this.whole.value) this.skip(1);
    else this.note();
  }

  private fail(): void {
    if (this.source === "") return;
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
    const at = this.begin(now.line) + this.sound.currentTime;
    const over = this.source === this.whole.value && (at >= now.line.end || at < now.line.start - NEAR_S);
    if (over && this.loop.value && !this.sound.paused) {
      this.sound.currentTime = now.line.start;
      return;
    }
    const line = over ? (this.ports.at(at) ?? now.line) : now.line;
    this.now.value = { line, at, paused: this.sound.paused };
  }
}
