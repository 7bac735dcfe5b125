// Generated from server/signalling/messages.py by `rakor protocol`. Edit that file, not this one.

export const PROTOCOL_VERSION = 3;

export interface Participant {
  seat: string;
  name: string;
  position: string;
  office: string;
  role: "chair" | "secretariat" | "participant" | "guest";
  shared: boolean;
  mic: boolean;
  camera: boolean;
  screen: boolean;
  away: boolean;
}

export interface Slot {
  mid: string;
  kind: "mic" | "camera" | "screen" | "screen_audio";
  seat: string | null;
  csrc: number | null;
  paused: boolean;
}

export interface Plan {
  voices: number;
  cameras: number;
}

export interface Caption {
  line: string;
  seat: string;
  speaker: string;
  office: string;
  start: number;
  end: number;
  text: string;
}

export interface MeetingBrief {
  id: string;
  title: string;
  zone: string;
}

export interface IceServer {
  urls: string[];
  username: string;
  credential: string;
}

export interface Shown {
  seat: string;
  height: number;
}

export interface Hello {
  type: "hello";
  version: number;
  seat?: string | null;
  peer?: string | null;
  shared?: boolean;
  mic?: boolean;
  camera?: boolean;
}

export interface Offer {
  type: "offer";
  id: number;
  peer?: string | null;
  sdp: string;
}

export interface SetMic {
  type: "set_mic";
  on: boolean;
}

export interface SetCamera {
  type: "set_camera";
  on: boolean;
}

export interface SetScreen {
  type: "set_screen";
  on: boolean;
}

export interface Watch {
  type: "watch";
  mode: "full" | "saving" | "audio";
  pinned: string[];
  shown: Shown[] | null;
}

export interface Leave {
  type: "leave";
}

export interface End {
  type: "end";
}

export interface Ping {
  type: "ping";
  at: number;
}

export type FromPage = Hello | Offer | SetMic | SetCamera | SetScreen | Watch | Leave | End | Ping;

export interface Welcome {
  type: "welcome";
  version: number;
  seat: string;
  may_end: boolean;
  media_kept: boolean;
  meeting: MeetingBrief;
  elapsed: number;
  plan: Plan;
  participants: Participant[];
  captions: Caption[];
  drafts: Draft[];
  ice_servers: IceServer[];
}

export interface Answer {
  type: "answer";
  id: number;
  peer: string;
  sdp: string;
}

export interface Joined {
  type: "participant";
  participant: Participant;
}

export interface Left {
  type: "left";
  seat: string;
}

export interface Slots {
  type: "slots";
  slots: Slot[];
}

export interface Send {
  type: "send";
  kind: "camera" | "screen";
  layers: boolean[];
}

export interface Quality {
  type: "quality";
  seats: Record<string, number>;
}

export interface Speakers {
  type: "speakers";
  seats: string[];
  dominant: string | null;
}

export interface CaptionSaid {
  type: "caption";
  caption: Caption;
}

export interface Draft {
  type: "draft";
  seat: string;
  start: number;
  keep: number;
  text: string;
  settled: number;
}

export interface Transcription {
  type: "transcription";
  state: "ready" | "starting" | "slow" | "behind" | "down";
  behind: number;
}

export interface MediaLost {
  type: "media_lost";
  peer: string;
  reason: string;
}

export interface Ended {
  type: "ended";
}

export interface Failure {
  type: "failure";
  code: string;
  detail: string;
  fatal: boolean;
  id: number | null;
}

export interface Pong {
  type: "pong";
  at: number;
}

export type ToPage =
  | Welcome
  | Answer
  | Joined
  | Left
  | Slots
  | Send
  | Quality
  | Speakers
  | CaptionSaid
  | Draft
  | Transcription
  | MediaLost
  | Ended
  | Failure
  | Pong;
