/** A person in a room: the socket, the media path and the room's state, introduced to each other. */

import { effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Connection, Uplink } from "../media/connection";
import { type Diagnostics, diagnose } from "../media/diagnostics";
import { type Failure, type FromPage, type Hello, PROTOCOL_VERSION, type ToPage } from "../protocol/messages";
import type { Local } from "./local";
import { Path } from "./path";
import { EMPTY, type RoomState, reduce } from "./room";
import type { Phase } from "./session";
import { Signalling } from "./signalling";

/** Why it is over: the person left, the meeting ended, or the server said no for good. */
export type Over = { why: "left" } | { why: "ended" } | { why: "refused"; failure: Failure };

export interface Entry {
  meeting: string;
  shared: boolean;
}

const now = () => performance.now() / 1000;
const seatKey = (meeting: string) => `rakor.seat.${meeting}`;

/** The seat this tab held before it was reloaded, so that a reload is a reconnect and not a new participant. */
export function heldSeat(meeting: string): { seat: string; shared: boolean } | null {
  try {
    return JSON.parse(sessionStorage.getItem(seatKey(meeting)) ?? "null");
  } catch {
    return null;
  }
}

export class Call {
  readonly room: Signal<RoomState> = signal(EMPTY);
  readonly phase: Signal<Phase> = signal("idle");
  readonly over: Signal<Over | null> = signal(null);
  /** The last thing refused that does not end the call. */
  readonly refusal: Signal<Failure | null> = signal(null);
  readonly connection: ReadonlySignal<Connection | null>;
  readonly path: Path;
  private readonly signalling: Signalling;
  private readonly shown: Record<string, number> = {};
  private readonly stops: (() => void)[];
  private seat: string | null;

  constructor(
    private readonly entry: Entry,
    private readonly local: Local,
    origin: string,
  ) {
    this.seat = heldSeat(entry.meeting)?.seat ?? null;
    this.path = new Path({
      offer: (id, sdp, peer) => this.say({ type: "offer", id, sdp, peer }),
      track: (uplink) => this.track(uplink),
      reachable: () => this.phase.value === "joined",
    });
    this.connection = this.path.connection;
    const url = `${origin.replace(/^http/, "ws")}/api/v1/meetings/${encodeURIComponent(entry.meeting)}/room`;
    this.signalling = new Signalling(url, {
      hello: () => this.hello(),
      heard: (message) => this.hear(message),
      phased: (phase) => (this.phase.value = phase),
    });
    this.stops = [this.follow("mic"), this.follow("camera")];
  }

  enter(): void {
    this.signalling.start();
  }

  leave(): void {
    this.say({ type: "leave" });
    this.finish({ why: "left" });
  }

  /** Ask for the end of the meeting; it is over when the server says so. */
  endForAll(): boolean {
    return this.say({ type: "end" });
  }

  countFrame(seat: string): void {
    this.shown[seat] = (this.shown[seat] ?? 0) + 1;
  }

  async diagnostics(): Promise<Diagnostics> {
    const report = await this.connection.value?.rtc.getStats();
    const rows: Record<string, unknown>[] = [];
    report?.forEach((row) => {
      rows.push(row);
    });
    return diagnose(rows, this.room.value.slots, this.shown);
  }

  /** Let go of socket and connection; the devices belong to `Local`. Idempotent. */
  close(): void {
    for (const stop of this.stops.splice(0)) stop();
    this.signalling.close();
    this.path.close();
  }

  private say(message: FromPage): boolean {
    return this.signalling.send(message);
  }

  private hello(): Hello {
    return {
      type: "hello",
      version: PROTOCOL_VERSION,
      seat: this.seat,
      peer: this.path.peer,
      shared: this.entry.shared,
      mic: this.track("mic") !== null,
      camera: this.track("camera") !== null,
    };
  }

  private hear(message: ToPage): void {
    // What is said of a connection already replaced must not take the slots of this one away, either.
    if (message.type === "media_lost" && !this.path.lost(message.peer)) return;
    this.room.value = reduce(this.room.value, message, now());
    if (message.type === "welcome") this.welcome(message.seat, message.media_kept);
    if (message.type === "answer") void this.path.answered(message.id, message.peer, message.sdp);
    if (message.type === "failure") this.fail(message);
    if (message.type === "ended") this.finish({ why: "ended" });
  }

  private welcome(seat: string, kept: boolean): void {
    this.seat = seat;
    sessionStorage.setItem(seatKey(this.entry.meeting), JSON.stringify({ seat, shared: this.entry.shared }));
    const plan = this.room.value.plan;
    if (plan) this.path.resume(plan, kept);
  }

  private fail(failure: Failure): void {
    if (failure.fatal) this.finish({ why: "refused", failure });
    else if (failure.id !== null && failure.id !== undefined) this.path.refused(failure.id);
    else this.refusal.value = failure;
  }

  private finish(over: Over): void {
    sessionStorage.removeItem(seatKey(this.entry.meeting));
    this.over.value ??= over;
    this.close();
  }

  private track(uplink: Uplink): MediaStreamTrack | null {
    const on = uplink === "mic" ? this.local.micOn : this.local.cameraOn;
    return on.peek() ? this.local[uplink].peek() : null;
  }

  /** What is sent follows the person's buttons and devices; the room is told when sending starts or stops. */
  private follow(uplink: Uplink): () => void {
    let told: boolean | null = null;
    return effect(() => {
      const on = uplink === "mic" ? this.local.micOn : this.local.cameraOn;
      const track = on.value ? this.local[uplink].value : null;
      void this.path.replace(uplink, track);
      const sending = track !== null;
      if (told !== null && told !== sending)
        this.say(uplink === "mic" ? { type: "set_mic", on: sending } : { type: "set_camera", on: sending });
      told = sending;
    });
  }
}
