// Generated from server/signalling by `rakor protocol`. Edit asked.py and messages.py, not this one.

export const PROTOCOL_VERSION = 6;
export const NOTICE_VERSION = 1;

export interface Companion {
  name: string;
  position: string;
}

export interface Participant {
  seat: string;
  name: string;
  position: string;
  office: string;
  office_id: string;
  role: "chair" | "moderator" | "secretariat" | "presenter" | "operator" | "participant" | "observer" | "guest";
  shared: boolean;
  mic: boolean;
  camera: boolean;
  screen: boolean;
  away: boolean;
  recorded: boolean;
  company: Companion[];
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
  offices: string[];
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

export interface Item {
  id: string;
  title: string;
  presenter: string;
  minutes: number;
  recorded: boolean;
}

export interface Outcome {
  kind: "decision" | "direction" | "problem" | "follow_up";
  text: string;
  who: string;
  due: string;
  stage: string;
}

export interface Hand {
  seat: string;
  request: "speak" | "interrupt";
}

export interface Grant {
  seat: string;
  speaker: string;
  since: number;
  seconds: number;
}

export interface Pause {
  why: string;
  since: number;
}

export interface Banned {
  person: string;
  name: string;
}

export interface Note {
  id: string;
  outcome: Outcome;
  item: string | null;
  at: number;
  withdrawn: boolean;
}

export interface ChatMessage {
  id: string;
  name: string;
  own: boolean;
  audience: "all" | "leaders" | "one";
  to: string;
  text: string;
  at: number;
}

export interface Voice {
  office_id: string;
  office: string;
  choice: "agree" | "disagree" | "abstain" | null;
  name: string;
}

export interface Vote {
  id: string;
  question: string;
  method: "hands" | "roll_call";
  voices: Voice[];
  called: string | null;
  item: string | null;
  at: number;
  closed: boolean;
  cancelled: boolean;
}

export interface Waiter {
  person: string;
  name: string;
  position: string;
  office: string;
  since: number;
}

export interface RollOffice {
  office_id: string;
  office: string;
  here: boolean | null;
}

export interface Answered {
  office_id: string;
  here: boolean;
}

export interface FollowUp {
  id: string;
  text: string;
  who: string;
  due: string;
  of: string;
  date: string;
  done: number;
  offices: number;
  how: "open" | "done" | "dropped";
  remark: string;
}

export interface Hello {
  type: "hello";
  version: number;
  seat?: string | null;
  peer?: string | null;
  shared?: boolean;
  mic?: boolean;
  camera?: boolean;
  notice?: number;
  recorded?: boolean;
}

export interface Offer {
  type: "offer";
  id: number;
  peer?: string | null;
  sdp: string;
}

export interface Watch {
  type: "watch";
  mode: "full" | "saving" | "audio";
  pinned: string[];
  shown: Shown[] | null;
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

export interface End {
  type: "end";
}

export interface Stop {
  type: "stop";
  seat: string | null;
  what: "mic" | "camera" | "screen";
}

export interface LockMics {
  type: "lock_mics";
  on: boolean;
}

export interface LockRoom {
  type: "lock_room";
  on: boolean;
}

export interface Remove {
  type: "remove";
  seat: string;
  ban: boolean;
}

export interface Pardon {
  type: "pardon";
  person: string;
}

export interface Appoint {
  type: "appoint";
  seat: string;
  role: "moderator" | "presenter" | "operator" | "participant" | "observer";
}

export interface Suspend {
  type: "suspend";
  on: boolean;
}

export interface PauseRecord {
  type: "pause_record";
  on: boolean;
  why?: string;
}

export interface RaiseHand {
  type: "raise_hand";
  request?: "speak" | "interrupt";
}

export interface LowerHand {
  type: "lower_hand";
  seat: string | null;
}

export interface GiveFloor {
  type: "give_floor";
  seat: string;
  seconds: number;
  speaker?: string;
}

export interface ExtendFloor {
  type: "extend_floor";
  seconds: number;
}

export interface CloseFloor {
  type: "close_floor";
}

export interface SettleCarried {
  type: "settle_carried";
  carried: string;
  how: "open" | "done" | "dropped";
  remark?: string;
}

export interface SetAgenda {
  type: "set_agenda";
  items: Item[];
}

export interface BeginItem {
  type: "begin_item";
  item: string | null;
}

export interface MakeNote {
  type: "make_note";
  outcome: Outcome;
}

export interface ChangeNote {
  type: "change_note";
  note: string;
  outcome: Outcome;
}

export interface WithdrawNote {
  type: "withdraw_note";
  note: string;
  on: boolean;
}

export interface Write {
  type: "write";
  audience: "all" | "leaders" | "one";
  text: string;
  to?: string;
}

export interface LimitChat {
  type: "limit_chat";
  to: "all" | "leaders";
}

export interface OpenVote {
  type: "open_vote";
  question: string;
  method: "hands" | "roll_call";
}

export interface CallOffice {
  type: "call_office";
  office_id: string | null;
}

export interface CastVote {
  type: "cast_vote";
  choice: "agree" | "disagree" | "abstain";
  office_id?: string;
}

export interface CloseVote {
  type: "close_vote";
  cancel?: boolean;
}

export interface SetDoor {
  type: "set_door";
  waits: "nobody" | "guests" | "everybody";
}

export interface Admit {
  type: "admit";
  person: string | null;
}

export interface TurnAway {
  type: "turn_away";
  person: string;
}

export interface NameCompany {
  type: "name_company";
  seat: string;
  people: Companion[];
}

export interface NameSpeaker {
  type: "name_speaker";
  speaker: string;
}

export interface BeginRoll {
  type: "begin_roll";
  seconds: number;
}

export interface CallNext {
  type: "call_next";
  office_id?: string;
}

export interface EndRoll {
  type: "end_roll";
}

export interface React {
  type: "react";
  kind: "agree" | "applause" | "thanks" | "laugh" | "slower";
}

export interface Leave {
  type: "leave";
}

export interface Ping {
  type: "ping";
  at: number;
}

export type FromPage =
  | Hello
  | Offer
  | Watch
  | SetMic
  | SetCamera
  | SetScreen
  | End
  | Stop
  | LockMics
  | LockRoom
  | Remove
  | Pardon
  | Appoint
  | Suspend
  | PauseRecord
  | RaiseHand
  | LowerHand
  | GiveFloor
  | ExtendFloor
  | CloseFloor
  | SettleCarried
  | SetAgenda
  | BeginItem
  | MakeNote
  | ChangeNote
  | WithdrawNote
  | Write
  | LimitChat
  | OpenVote
  | CallOffice
  | CastVote
  | CloseVote
  | SetDoor
  | Admit
  | TurnAway
  | NameCompany
  | NameSpeaker
  | BeginRoll
  | CallNext
  | EndRoll
  | React
  | Leave
  | Ping;

export interface Welcome {
  type: "welcome";
  version: number;
  seat: string;
  media_kept: boolean;
  meeting: MeetingBrief;
  elapsed: number;
  plan: Plan;
  participants: Participant[];
  captions: Caption[];
  drafts: Draft[];
  ice_servers: IceServer[];
}

export interface Waiting {
  type: "waiting";
  meeting: MeetingBrief;
}

export interface Admitted {
  type: "admitted";
}

export interface Powers {
  type: "powers";
  may: ("end" | "suspend" | "pause_record" | "lead_agenda" | "note" | "lead_vote" | "vote" | "give_floor" | "chat" | "order_chat" | "order_hands" | "stop" | "lock_mics" | "lock_room" | "admit" | "remove" | "name_people" | "appoint" | "see_quality" | "take_screen" | "share" | "speak" | "speak_locked" | "raise_hand" | "react")[];
}

export interface Door {
  type: "door";
  waiting: number;
  people: Waiter[];
}

export interface Roll {
  type: "roll";
  offices: RollOffice[];
  seconds: number;
  called: string | null;
}

export interface Called {
  type: "called";
  answers: Answered[];
  called: string | null;
}

export interface Carried {
  type: "carried";
  follow_ups: FollowUp[];
}

export interface Reacted {
  type: "reacted";
  seat: string;
  kind: "agree" | "applause" | "thanks" | "laugh" | "slower";
}

export interface Floor {
  type: "floor";
  hands: Hand[];
  grant: Grant | null;
  mics_locked: boolean;
}

export interface Order {
  type: "order";
  presiding: string | null;
  suspended: number | null;
  pause: Pause | null;
  locked: boolean;
  waits: "nobody" | "guests" | "everybody";
  quorum: number;
  quorate: boolean;
}

export interface Outside {
  type: "outside";
  people: Banned[];
}

export interface Agenda {
  type: "agenda";
  items: Item[];
  item: string | null;
  since: number;
}

export interface Notes {
  type: "notes";
  notes: Note[];
}

export interface Chat {
  type: "chat";
  messages: ChatMessage[];
}

export interface ChatWritten {
  type: "written";
  message: ChatMessage;
}

export interface ChatRules {
  type: "chat_rules";
  to: "all" | "leaders";
}

export interface Votes {
  type: "votes";
  votes: Vote[];
}

export interface VoteChanged {
  type: "vote";
  vote: Vote;
}

export interface Stopped {
  type: "stopped";
  what: "mic" | "camera" | "screen";
  by: string;
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
  | Waiting
  | Admitted
  | Powers
  | Door
  | Roll
  | Called
  | Carried
  | Reacted
  | Floor
  | Order
  | Outside
  | Agenda
  | Notes
  | Chat
  | ChatWritten
  | ChatRules
  | Votes
  | VoteChanged
  | Stopped
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
