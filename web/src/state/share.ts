/**
 * This person's shared screen. Like microphone and camera it outlives every connection. It ends by the person's button,
 * by the browser's own one, or by the room: somebody else may share already, and chair and secretariat take over.
 */

import { type Signal, signal } from "@preact/signals";
import { type Captured, capture } from "../media/capture";

/** Why a screen is not shared though the person wanted it: `taken` by others, `ended` by the room, `failed` here. */
export type ShareEnd = "taken" | "ended" | "failed";

export class Share {
  readonly picture: Signal<MediaStreamTrack | null> = signal(null);
  readonly sound: Signal<MediaStreamTrack | null> = signal(null);
  private asking = false;
  private closed = false;
  /** The room has said that this screen is the shared one: only what was given can be taken away. */
  private granted = false;

  constructor(private readonly ended: (why: ShareEnd) => void) {}

  /** Ask which screen. Never throws; a change of mind is silent. */
  async start(): Promise<void> {
    if (this.asking || this.picture.peek()) return;
    this.asking = true;
    try {
      const captured = await capture();
      if (captured) this.take(captured);
    } catch {
      this.ended("failed");
    } finally {
      this.asking = false;
    }
  }

  stop(): void {
    this.granted = false;
    for (const each of [this.picture, this.sound]) {
      const track = each.peek();
      if (track) track.onended = null;
      track?.stop();
      each.value = null;
    }
  }

  /** The line was lost: the room has forgotten what it granted, and is asked again. */
  welcomed(): void {
    this.granted = false;
  }

  /** What the room says of this seat. */
  heard(shared: boolean): void {
    if (!this.picture.peek()) return;
    if (shared) this.granted = true;
    else if (this.granted) this.end("ended");
  }

  /** Somebody else shares. */
  refused(): void {
    if (this.picture.peek()) this.end("taken");
  }

  /** Idempotent. */
  close(): void {
    this.closed = true;
    this.stop();
  }

  private end(why: ShareEnd): void {
    this.stop();
    this.ended(why);
  }

  private take({ picture, sound }: Captured): void {
    // Whoever left while the browser asked shares nothing.
    if (this.closed) {
      picture.stop();
      sound?.stop();
      return;
    }
    this.sound.value = sound;
    this.picture.value = picture;
    picture.onended = () => this.stop();
    // A tab may be changed for one without sound while it is shared.
    if (sound) sound.onended = () => (this.sound.value = null);
  }
}
