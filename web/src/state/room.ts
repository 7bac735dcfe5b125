/** The room as the page knows it: a pure function of what the server said. */

import type {
  Banned,
  Called,
  Caption,
  Carried,
  Door,
  IceServer,
  MeetingBrief,
  Note,
  Order,
  Participant,
  Plan,
  Reacted,
  Roll,
  Slot,
  ToPage,
  Transcription,
  Vote,
} from "../protocol/messages";
import { type AgendaState, agenda, NO_AGENDA } from "./agenda";
import { type ChatState, NO_CHAT, written } from "./chat";
import { type Drafts, drafted, NO_DRAFTS, said, silenced } from "./drafts";
import { type FloorState, floor, NO_FLOOR, type Power } from "./floor";
import { merged } from "./votes";

/** More lines than this are read in the archive. */
export const CAPTIONS_KEPT = 300;

export interface Reaction {
  readonly kind: Reacted["kind"];
  readonly name: string;
  readonly at: number;
}
const REACTIONS_KEPT = 12;

export interface RoomState {
  readonly seat: string | null;
  /** What this page may do. */
  readonly may: ReadonlySet<Power>;
  readonly floor: FloorState;
  readonly order: Omit<Order, "type">;
  readonly agenda: AgendaState;
  /** Outcomes, in the order in which they were noted. */
  readonly notes: readonly Note[];
  readonly chat: ChatState;
  /** In the order in which they were opened. */
  readonly votes: readonly Vote[];
  /** Who waits outside, for those who may let them in. */
  readonly door: Omit<Door, "type">;
  /** Offices that are called to speak one after another; none where there is no such round. */
  readonly roll: Omit<Roll, "type">;
  /** What earlier meetings left to be done. */
  readonly carried: Carried["follow_ups"];
  /** The newest last; when each came, by the local clock in seconds. */
  readonly reactions: readonly Reaction[];
  /** Who was shown out for good, for those who may let them back. */
  readonly outside: readonly Banned[];
  readonly meeting: MeetingBrief | null;
  readonly plan: Plan | null;
  readonly iceServers: readonly IceServer[];
  /** Meeting time was `elapsed` when the local clock read `at`; both in seconds. */
  readonly clock: { readonly elapsed: number; readonly at: number } | null;
  readonly participants: ReadonlyMap<string, Participant>;
  readonly captions: readonly Caption[];
  readonly drafts: Drafts;
  readonly slots: readonly Slot[];
  /** How well connections carry the meeting, 0 (hardly) to 3 (good), by seat: one's own, and what else is said. */
  readonly quality: ReadonlyMap<string, number>;
  readonly speaking: readonly string[];
  readonly dominant: string | null;
  readonly transcription: Pick<Transcription, "state" | "behind">;
  readonly ended: boolean;
}

export const EMPTY: RoomState = {
  seat: null,
  may: new Set(),
  floor: NO_FLOOR,
  order: {
    presiding: null,
    suspended: null,
    pause: null,
    locked: false,
    waits: "nobody",
    quorum: 0,
    quorate: false,
  },
  agenda: NO_AGENDA,
  notes: [],
  chat: NO_CHAT,
  votes: [],
  door: { waiting: 0, people: [] },
  roll: { offices: [], seconds: 0, called: null },
  carried: [],
  reactions: [],
  outside: [],
  meeting: null,
  plan: null,
  iceServers: [],
  clock: null,
  participants: new Map(),
  captions: [],
  drafts: NO_DRAFTS,
  slots: [],
  quality: new Map(),
  speaking: [],
  dominant: null,
  transcription: { state: "starting", behind: 0 },
  ended: false,
};

/** The room after `message`, which arrived when the local clock read `at` (seconds). */
export function reduce(room: RoomState, message: ToPage, at: number): RoomState {
  switch (message.type) {
    case "welcome":
      return {
        ...room,
        seat: message.seat,
        meeting: message.meeting,
        plan: message.plan,
        iceServers: message.ice_servers,
        clock: { elapsed: message.elapsed, at },
        participants: new Map(message.participants.map((each) => [each.seat, each])),
        captions: merge(room.captions, message.captions),
        drafts: message.drafts.reduce(drafted, NO_DRAFTS),
        // Slots of a connection that the server has forgotten say nothing about the next one.
        slots: message.media_kept ? room.slots : [],
        quality: new Map(),
        speaking: [],
      };
    case "powers":
      return { ...room, may: new Set(message.may) };
    case "order": {
      const { type: _, ...order } = message;
      return { ...room, order };
    }
    case "agenda":
      return { ...room, agenda: agenda(message) };
    case "notes":
      return { ...room, notes: message.notes };
    case "votes":
      return { ...room, votes: message.votes };
    case "vote":
      return { ...room, votes: merged(room.votes, message.vote) };
    case "chat":
      return { ...room, chat: { ...room.chat, messages: message.messages } };
    case "written":
      return { ...room, chat: written(room.chat, message.message) };
    case "chat_rules":
      return { ...room, chat: { ...room.chat, to: message.to } };
    case "outside":
      return { ...room, outside: message.people };
    case "door":
      return { ...room, door: { waiting: message.waiting, people: message.people } };
    case "roll": {
      const { type: _, ...roll } = message;
      return { ...room, roll };
    }
    case "called":
      return { ...room, roll: answered(room.roll, message) };
    case "carried":
      return { ...room, carried: message.follow_ups };
    case "reacted":
      return { ...room, reactions: reacted(room, message, at) };
    case "waiting":
      // Whoever has lost their seat meanwhile is outside again.
      return { ...room, seat: null, meeting: message.meeting };
    case "floor":
      return { ...room, floor: floor(message) };
    case "participant":
      return {
        ...room,
        participants: new Map(room.participants).set(message.participant.seat, message.participant),
      };
    case "left":
      return without(room, message.seat);
    case "slots":
      return { ...room, slots: patched(room.slots, message.slots) };
    case "quality":
      return { ...room, quality: new Map([...room.quality, ...Object.entries(message.seats)]) };
    case "speakers":
      return { ...room, speaking: message.seats, dominant: message.dominant };
    case "caption":
      return {
        ...room,
        captions: merge(room.captions, [message.caption]),
        drafts: said(room.drafts, message.caption),
      };
    case "draft":
      return { ...room, drafts: drafted(room.drafts, message) };
    case "transcription":
      return { ...room, transcription: { state: message.state, behind: message.behind } };
    case "media_lost":
      return { ...room, slots: [], speaking: [] };
    case "ended":
      return { ...room, ended: true };
    case "admitted":
    case "answer":
    case "send":
    case "stopped":
    case "failure":
    case "pong":
      return room;
  }
}

function answered(roll: RoomState["roll"], { answers, called }: Called): RoomState["roll"] {
  const here = new Map(answers.map((each) => [each.office_id, each.here]));
  const offices = roll.offices.map((each) => ({ ...each, here: here.get(each.office_id) ?? each.here }));
  return { ...roll, offices, called };
}

function reacted(room: RoomState, { seat, kind }: Reacted, at: number): readonly Reaction[] {
  const who = room.participants.get(seat);
  const name = who ? (who.shared ? who.office : who.name) : "";
  return [...room.reactions, { kind, name, at }].slice(-REACTIONS_KEPT);
}

function without(room: RoomState, seat: string): RoomState {
  const participants = new Map(room.participants);
  participants.delete(seat);
  const quality = new Map(room.quality);
  quality.delete(seat);
  return {
    ...room,
    participants,
    quality,
    drafts: silenced(room.drafts, seat),
    speaking: room.speaking.filter((each) => each !== seat),
    dominant: room.dominant === seat ? null : room.dominant,
  };
}

/** Slots that are not spoken of stay as they are. */
function patched(known: readonly Slot[], changed: readonly Slot[]): readonly Slot[] {
  const byMid = new Map(known.map((slot) => [slot.mid, slot]));
  for (const slot of changed) byMid.set(slot.mid, slot);
  return [...byMid.values()];
}

/** In the order spoken; a line that comes again (after a reconnect, or corrected) replaces itself. */
function merge(known: readonly Caption[], more: readonly Caption[]): readonly Caption[] {
  const byLine = new Map(known.map((caption) => [caption.line, caption]));
  for (const caption of more) byLine.set(caption.line, caption);
  return [...byLine.values()].sort((a, b) => a.start - b.start).slice(-CAPTIONS_KEPT);
}

/** Meeting time in seconds when the local clock reads `now`. */
export function meetingTime(room: RoomState, now: number): number {
  return room.clock ? room.clock.elapsed + now - room.clock.at : 0;
}

/** How many of the offices that are expected have somebody here. */
export function officesHere(room: RoomState): number {
  const here = new Set([...room.participants.values()].map((each) => each.office_id));
  return room.meeting?.offices.filter((office) => here.has(office)).length ?? 0;
}

/** The camera slot that shows `seat`, if the server has given it one. */
export function cameraSlot(room: RoomState, seat: string): Slot | undefined {
  return room.slots.find((slot) => slot.kind === "camera" && slot.seat === seat);
}

/** The slot with the shared screen, while it has one. */
export function screenSlot(room: RoomState): Slot | undefined {
  return room.slots.find((slot) => slot.kind === "screen" && slot.seat !== null);
}

/** Who shares a screen, as the room says it: pictures of it may come later. */
export function sharing(room: RoomState): Participant | undefined {
  for (const each of room.participants.values()) if (each.screen) return each;
  return undefined;
}
