/** A person in a room: the socket, the media path and the room's state, introduced to each other. */

import { computed, effect, type ReadonlySignal, type Signal, signal, untracked } from "@preact/signals";
import type { Connection } from "../media/connection";
import { type Diagnostics, diagnose, type Frames, type Row } from "../media/diagnostics";
import {
  type Failure,
  type FromPage,
  type Hello,
  NOTICE_VERSION,
  type Participant,
  PROTOCOL_VERSION,
  type Stopped,
  type ToPage,
  type Welcome,
} from "../protocol/messages";
import { Advice } from "./advice";
import { silenced } from "./floor";
import type { Local } from "./local";
import { onNetworkChange } from "./network";
import { Path } from "./path";
import { EMPTY, meetingTime, type RoomState, reduce } from "./room";
import { roster } from "./roster";
import type { Phase } from "./session";
import { Share, type ShareEnd } from "./share";
import { Signalling } from "./signalling";
import { Uplinks } from "./uplinks";
import { View } from "./view";
import type { Mode } from "./watch";

/** Why it is over: the person left, the meeting ended, or the server said no for good. */
export type Over = { why: "left" } | { why: "ended" } | { why: "refused"; failure: Failure };

/** What a person should know that does not end the call: something refused, or a screen no longer shared. */
export type News =
  | { what: "refused"; failure: Failure }
  | { what: "share"; end: ShareEnd }
  | { what: "stopped"; stopped: Stopped };

/** What is asked of the room, besides what devices do by themselves. */
export type Request = Exclude<
  FromPage,
  { type: "hello" | "offer" | "watch" | "leave" | "ping" | "set_mic" | "set_camera" | "set_screen" }
>;

export interface Entry {
  meeting: string;
  shared: boolean;
  /** False: a guest who does not consent to being recorded. */
  recorded: boolean;
}

const now = () => performance.now() / 1000;
const seatKey = (meeting: string) => `rakor.seat.${meeting}`;

/** The seat this tab held before it was reloaded, so that a reload is a reconnect and not a new participant. */
export function heldSeat(meeting: string): ({ seat: string } & Omit<Entry, "meeting">) | null {
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
  readonly news: Signal<News | null> = signal(null);
  /** The last message of the chat that was seen. */
  readonly read: Signal<string | null> = signal(null);
  readonly connection: ReadonlySignal<Connection | null>;
  /** Everybody here, in the order of lists. */
  readonly roster: ReadonlySignal<readonly Participant[]>;
  readonly path: Path;
  readonly view: View;
  readonly share: Share;
  readonly advice: Advice;
  private readonly uplinks: Uplinks;
  private readonly signalling: Signalling;
  private readonly frames: Frames = { shown: {}, screens: {} };
  private readonly stops: (() => void)[];
  private seat: string | null;

  constructor(
    private readonly entry: Entry,
    private readonly local: Local,
    origin: string,
  ) {
    this.seat = heldSeat(entry.meeting)?.seat ?? null;
    this.roster = this.inOrder();
    this.share = new Share((end) => (this.news.value = { what: "share", end }));
    this.uplinks = new Uplinks(local, this.share);
    this.view = new View({
      self: () => this.seat,
      first: () => this.chairs(),
      tell: (message) => this.say(message),
    });
    const quality = computed(() => this.room.value.quality.get(this.room.value.seat ?? ""));
    this.advice = new Advice(quality, this.view.mode);
    this.path = new Path({
      offer: (id, sdp, peer) => this.say({ type: "offer", id, sdp, peer }),
      track: (uplink) => this.uplinks.track(uplink),
      doubt: () => this.signalling.doubt(),
      reachable: () => this.phase.value === "joined",
    });
    this.connection = this.path.connection;
    const url = `${origin.replace(/^http/, "ws")}/api/v1/meetings/${encodeURIComponent(entry.meeting)}/room`;
    this.signalling = new Signalling(url, {
      hello: () => this.hello(),
      heard: (message) => this.hear(message),
      phased: (phase) => (this.phase.value = phase),
    });
    this.stops = [
      this.uplinks.follow({
        replace: (uplink, track) => void this.path.replace(uplink, track),
        say: (message) => this.say(message),
      }),
      effect(() => this.follows(this.view.mode.value)),
      onNetworkChange(() => void this.path.look()),
    ];
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
    return this.ask({ type: "end" });
  }

  /** Ask something of the room; false without a line. What is not allowed comes back as news. */
  ask(request: Request): boolean {
    return this.say(request);
  }

  /** Meeting time now, in seconds. */
  time(): number {
    return meetingTime(this.room.peek(), now());
  }

  /** A frame was shown under the name of `seat`: of its camera, or of its screen. */
  countFrame(seat: string, of: keyof Frames): void {
    this.frames[of][seat] = (this.frames[of][seat] ?? 0) + 1;
  }

  async diagnostics(): Promise<Diagnostics> {
    const report = await this.connection.value?.rtc.getStats();
    const rows: Row[] = [];
    report?.forEach((row) => {
      rows.push(row);
    });
    return diagnose(rows, this.room.value.slots, this.frames);
  }

  /** Let go of socket and connection; the devices belong to `Local`. Idempotent. */
  close(): void {
    for (const stop of this.stops.splice(0)) stop();
    this.view.close();
    this.advice.close();
    this.share.close();
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
      notice: NOTICE_VERSION,
      recorded: this.entry.recorded,
      mic: this.uplinks.track("mic") !== null,
      camera: this.uplinks.track("camera") !== null,
    };
  }

  private hear(message: ToPage): void {
    // What is said of a connection already replaced must not take the slots of this one away, either.
    if (message.type === "media_lost" && !this.path.lost(message.peer)) return;
    this.room.value = reduce(this.room.value, message, now());
    if (message.type === "welcome") this.welcome(message);
    if (message.type === "answer") void this.path.answered(message.id, message.peer, message.sdp);
    if (message.type === "send") this.path.wanted(message.kind, message.layers);
    if (message.type === "participant" && message.participant.seat === this.seat)
      this.share.heard(message.participant.screen);
    if (message.type === "stopped") this.stopped(message);
    if ((message.type === "floor" || message.type === "powers") && this.silent())
      void this.local.setMic(false);
    if (message.type === "left") this.view.unpin(message.seat);
    if (message.type === "failure") this.fail(message);
    if (message.type === "ended") this.finish({ why: "ended" });
  }

  private welcome({ seat, plan, ice_servers, media_kept }: Welcome): void {
    this.seat = seat;
    const { meeting, ...entry } = this.entry;
    sessionStorage.setItem(seatKey(meeting), JSON.stringify({ seat, ...entry }));
    this.path.resume(plan, ice_servers, media_kept);
    this.view.welcomed();
    this.share.welcomed();
    if (this.share.picture.peek()) this.say({ type: "set_screen", on: true });
  }

  /** What is switched off by who leads stays off until the person switches it on again. */
  private stopped(message: Stopped): void {
    if (message.what === "mic") void this.local.setMic(false);
    if (message.what === "camera") void this.local.setCamera(false);
    if (message.what === "screen") this.share.stop();
    this.news.value = { what: "stopped", stopped: message };
  }

  /** Microphones are locked, and the room has this one as off: it was switched on too late. */
  private silent(): boolean {
    const room = this.room.peek();
    const silent = silenced(room.floor, room.may, this.seat) !== null;
    return silent && room.participants.get(this.seat ?? "")?.mic === false;
  }

  private fail(failure: Failure): void {
    if (failure.code === "mics_locked") void this.local.setMic(false);
    if (failure.fatal) this.finish({ why: "refused", failure });
    else if (failure.id !== null && failure.id !== undefined) this.path.refused(failure.id);
    else if (failure.code === "screen_taken") this.share.refused();
    else this.news.value = { what: "refused", failure };
  }

  private finish(over: Over): void {
    sessionStorage.removeItem(seatKey(this.entry.meeting));
    this.over.value ??= over;
    this.close();
  }

  private inOrder(): ReadonlySignal<readonly Participant[]> {
    const participants = computed(() => this.room.value.participants);
    let last: readonly Participant[] = [];
    return computed(() => {
      last = roster(last, participants.value);
      return last;
    });
  }

  private chairs(): ReadonlySet<string> {
    const people = [...this.room.peek().participants.values()];
    return new Set(people.filter((each) => each.role === "chair").map((each) => each.seat));
  }

  /** Who saves data sends less, too. */
  private follows(mode: Mode): void {
    untracked(() => {
      this.path.save(mode !== "full");
      void this.local.holdCamera(mode === "audio");
    });
  }
}
