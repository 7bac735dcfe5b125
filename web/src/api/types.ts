/** The shapes of /api/v1 that the page reads. The server's OpenAPI is the reference. */

import type { State } from "./notula";

export interface Office {
  id: string;
  short_name: string;
  name: string;
  zone: string;
  /** These two in the list of offices only. */
  level?: Level | null;
  parent_id?: string | null;
}

export type Level = "pusat" | "provinsi" | "kabkota" | "instansi";

/** Whom a link to a new password is for. */
export interface ResetFor {
  name: string;
  username: string;
}

export interface Me {
  id: string;
  /** What one signs in with; null for guests. */
  username: string | null;
  name: string;
  position: string;
  office: Office | null;
  roles: string[];
  /** The one meeting a guest may attend; null for people with an account. */
  guest_of: string | null;
}

export interface ZoneTime {
  zone: string;
  label: string;
  local: string;
}

export interface Meeting {
  id: string;
  title: string;
  state: "scheduled" | "open" | "ended";
  starts_at: string;
  opened_at: string | null;
  ended_at: string | null;
  host_office: Office;
  zones: ZoneTime[];
  offices_invited: number;
  waits: "nobody" | "guests" | "everybody";
  /** How many of the invited offices must be present; 0: there is no rule. */
  quorum: number;
  /** The meeting that this one goes on from. */
  previous: string | null;
  may: {
    join: boolean;
    open: boolean;
    end: boolean;
    invite: boolean;
    name_speakers: boolean;
    edit_transcript: boolean;
  };
  participants_now: number;
  lines: number;
  transcript_complete: boolean;
  /** How much of the recording has been heard a second time, 0 to 1; null when that is done, or not intended. */
  second_hearing: number | null;
  /** Where the newest notula stands that this person may see. */
  notula: State | null;
}

export interface Page<T> {
  items: T[];
  next: string | null;
}

export interface Word {
  text: string;
  /** Seconds of meeting time, like `Line.start`. */
  start: number;
  end: number;
  probability: number;
  /** Chance that the word is wrong, 0 to 1. */
  doubt: number;
  /** What was heard, where the record writes it otherwise. */
  heard: string | null;
  /** Somebody typed it. */
  by_hand: boolean;
  /** Somebody has listened and confirmed it. */
  checked: boolean;
  /** It stands for words that are blackened. */
  redacted: boolean;
}

export type FlagKind = "low_confidence" | "number" | "name" | "negation" | "crosstalk";

/** A passage of a line's text, [start, end), that a person should look at. */
export interface Flag {
  kind: FlagKind;
  start: number;
  end: number;
  doubt: number | null;
}

export interface Line {
  id: string;
  meeting_id: string;
  seat: string;
  office: string;
  speaker: string | null;
  position: string | null;
  known_by: "sole_occupant" | "given_floor" | "named_by_hand" | "unassigned";
  start: number;
  end: number;
  text: string;
  /** One more with every change by anybody. */
  version: number;
  /** A person has touched its words. */
  edited: boolean;
  words: Word[];
  flags: Flag[];
  audio: string;
}

export interface Transcript {
  meeting: Meeting;
  lines: Line[];
  next: string | null;
  complete: boolean;
  /** Number of the newest change told. */
  change: number;
  /** Ids of lines that are no more, of those since the change that was asked for. */
  gone: string[];
}

/** A part of a meeting: an item under discussion, somebody's floor, skors, or what is off the record. */
export interface Stretch {
  kind: "item" | "floor" | "suspended" | "off_record" | "no_quorum" | "roll";
  /** The item's; whose floor; why off the record; who did not answer the roll. */
  title: string;
  /** Who of a delegation had the floor. */
  speaker: string;
  granted: number;
  /** Seconds of meeting time; null: it goes on. */
  start: number;
  end: number | null;
}

export interface Outcome {
  id: string;
  kind: "decision" | "direction" | "problem" | "follow_up";
  text: string;
  who: string;
  /** ISO date; empty for none. */
  due: string;
  stage: string;
  item: string;
  at: number;
  withdrawn: boolean;
}

export interface VoteResult {
  id: string;
  question: string;
  method: "hands" | "roll_call";
  item: string;
  at: number;
  open: boolean;
  cancelled: boolean;
  voices: {
    office_id: string;
    office: string;
    choice: "agree" | "disagree" | "abstain" | null;
    name: string;
  }[];
}

export interface Course {
  meeting_id: string;
  stretches: Stretch[];
  outcomes: Outcome[];
  votes: VoteResult[];
  /** What earlier meetings had left to be done, and what this one found of it. */
  carried: FollowUp[];
  quorum: number;
}

export interface FollowUp {
  id: string;
  text: string;
  who: string;
  due: string;
  /** Title of the meeting that agreed on it, and its ISO date. */
  of: string;
  date: string;
  /** So many of `offices` had done it when this meeting began; 0 of 0: nobody counts. */
  done: number;
  offices: number;
  how: "open" | "done" | "dropped";
  remark: string;
}

export type AttendanceStatus = "present" | "late" | "excused" | "represented" | "absent";
export type AttendanceMode = "online" | "onsite" | "shared_device";
export type AttendanceRole =
  | "chair"
  | "moderator"
  | "secretariat"
  | "minutes_taker"
  | "presenter"
  | "operator"
  | "participant"
  | "observer"
  | "guest";

/** What the room saw of somebody, whatever was corrected since. */
export interface Measured {
  name: string;
  position: string;
  role: string;
  shared: boolean;
  /** Seconds of meeting time. */
  came: number;
  left: number;
  minutes: number;
  late: boolean;
  reconnects: number;
  /** `person` of the shared device at which they sat; empty for whoever came by themselves. */
  device: string;
}

/** As they stand officially. */
export interface Person {
  person: string;
  name: string;
  position: string;
  role: AttendanceRole;
  mode: AttendanceMode | null;
  status: AttendanceStatus;
  represented_by: string;
  note: string;
  came_at: string | null;
  left_at: string | null;
  minutes: number | null;
  /** Null: never in the room. */
  measured: Measured | null;
  /** Numbers of corrections that count. */
  corrections: number[];
}

export interface OfficeAttendance {
  /** Empty for outside institutions. */
  office_id: string;
  office: string;
  invited: boolean;
  status: AttendanceStatus;
  represented_by: string;
  note: string;
  people: Person[];
  corrections: number[];
}

/** What a correction sets; what is absent stays as it was. */
export interface Change {
  status?: Exclude<AttendanceStatus, "late">;
  represented_by?: string;
  mode?: AttendanceMode;
  came_at?: string;
  left_at?: string;
  name?: string;
  position?: string;
  role?: AttendanceRole;
  note?: string;
  office_id?: string;
  office?: string;
}

export interface Correction {
  number: number;
  kind: "person" | "office";
  id: string;
  set: Change;
  /** Number of the correction that it takes back. */
  withdraws: number | null;
  counts: boolean;
  reason: string;
  by: string;
  position: string;
  at: string;
}

export interface AttendanceCounts {
  total: number;
  present: number;
  late: number;
  represented: number;
  excused: number;
  absent: number;
}

export interface Attendance {
  meeting_id: string;
  invited: number;
  present: number;
  of_offices: AttendanceCounts;
  of_people: AttendanceCounts;
  may_correct: boolean;
  sha256: string;
  offices: OfficeAttendance[];
  /** Who was there while an item of the agenda was under discussion, as measured. */
  items: { number: number; title: string; start: number; end: number; offices: number; people: string[] }[];
  corrections: Correction[];
}

export interface Hit {
  line: Omit<Line, "words" | "flags">;
  meeting: { id: string; title: string; date: string };
  snippet: { text: string; hit: boolean }[];
  url: string;
}

export interface Found {
  query: string;
  total: number;
  total_is_exact: boolean;
  items: Hit[];
  next: string | null;
}

export interface Upload {
  id: string;
  title: string;
  starts_at: string;
  uploaded_by: string;
  /** Where its bytes go. */
  file: string;
  file_name: string;
  size: number;
  fingerprint: string;
  state: "receiving" | "preparing" | "transcribing" | "done" | "failed";
  /** Bytes that the server has. */
  received: number;
  /** Somebody is sending it at this moment. */
  busy: boolean;
  /** How much of what its state stands for is done, 0 to 1. */
  share: number;
  problem: string | null;
  cut_short: boolean;
  /** Seconds of sound, once that is known. */
  length: number | null;
  heard_until: number;
  meeting_id: string | null;
  expires_at: string | null;
}

export interface UploadPage {
  items: Upload[];
  /** Bytes of the largest recording that may be uploaded. */
  most: number;
}

export interface Invitation {
  url: string;
  expires_at: string;
}
