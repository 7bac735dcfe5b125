/** What every page asks of the server; the directory's own questions are in `directory.ts`. */

import { ApiError, address, ask, call, one } from "./http";
import type {
  Attendance,
  Change,
  Course,
  Found,
  Invitation,
  Line,
  Me,
  Meeting,
  Office,
  Page,
  ResetFor,
  Transcript,
  Upload,
  UploadPage,
} from "./types";

export { ApiError } from "./http";

/** Twice what the smallest part takes at 64 kbit/s. */
const LONGEST_PART_MS = 90_000;

/** One part of a file, by tus 1.0 (tus.io); how much of it the server has now. */
async function append(file: string, offset: number, part: ArrayBuffer, signal: AbortSignal): Promise<number> {
  const headers = {
    "Tus-Resumable": "1.0.0",
    "Upload-Offset": String(offset),
    "Content-Type": "application/offset+octet-stream",
  };
  // A line that breaks silently would be waited for many minutes; the server takes the next request for the newer one.
  const deadline = AbortSignal.timeout(LONGEST_PART_MS);
  const given = { method: "PATCH", headers, body: part, signal: AbortSignal.any([signal, deadline]) };
  const response = await ask(file, given).catch((error) => {
    throw deadline.aborted && !signal.aborted ? new ApiError(0, "unreachable", "no answer") : error;
  });
  return Number(response.headers.get("Upload-Offset"));
}

export interface AgendaItem {
  title: string;
  presenter?: string;
  minutes?: number;
  recorded?: boolean;
}

export interface NewMeeting {
  title: string;
  starts_at: string;
  zone: string;
  offices: string[];
  /** As planned; the room gives its items names of their own. */
  agenda: AgendaItem[];
  waits: Meeting["waits"];
  /** How many offices must be present; 0: there is no rule. */
  quorum: number;
  /** Id of the meeting that this one goes on from. */
  previous: string | null;
}

export interface NewUpload {
  title: string;
  starts_at: string;
  zone: string;
  offices: string[];
  file_name: string;
  size: number;
  fingerprint: string;
}

export type AttendanceFormat = "csv" | "xlsx" | "pdf";

export interface NewCorrection {
  kind: "person" | "office";
  /** Null: a person who was never in the room is added. */
  id: string | null;
  set: Change;
  reason: string;
}

export const api = {
  signIn: (username: string, password: string) =>
    call<Me>("POST", address("/session"), { username, password }),
  signOut: () => call<void>("DELETE", address("/session")),
  me: () => call<Me>("GET", address("/me")),
  /** Those that there are on a day, `2020-07-09`; today when it is empty. */
  offices: (on = "") => call<Office[]>("GET", address("/offices", { on })),
  /** Who works in an office, by name and post. */
  colleagues: (office: string) =>
    call<{ id: string; name: string; position: string }[]>(
      "GET",
      address(`/directory/offices/${one(office)}/people`),
    ),
  /** `own`: only what this person's office hosts. */
  meetings: (state: Meeting["state"], cursor?: string | null, own = false) =>
    call<Page<Meeting>>("GET", address("/meetings", { state, cursor, own: own ? "true" : null })),
  meeting: (id: string) => call<Meeting>("GET", address(`/meetings/${one(id)}`)),
  create: (meeting: NewMeeting) => call<Meeting>("POST", address("/meetings"), meeting),
  open: (id: string) => call<Meeting>("POST", address(`/meetings/${one(id)}/open`)),
  end: (id: string) => call<Meeting>("POST", address(`/meetings/${one(id)}/end`)),
  invite: (id: string, name: string, institution: string) =>
    call<Invitation>("POST", address(`/meetings/${one(id)}/invitations`), { name, institution }),
  resetLink: (token: string) => call<ResetFor>("POST", address("/password/reset-link"), { token }),
  setPassword: (token: string, password: string) =>
    call<void>("POST", address("/password"), { token, password }),
  changePassword: (current: string, password: string) =>
    call<void>("POST", address("/me/password"), { current, password }),
  accept: (token: string) => call<Me>("POST", address("/invitations/accept"), { token }),
  course: (id: string) => call<Course>("GET", address(`/meetings/${one(id)}/course`)),
  attendance: (id: string) => call<Attendance>("GET", address(`/meetings/${one(id)}/attendance`)),
  /** A file of it, which takes the server a while to make. */
  attendanceFile: (id: string, format: AttendanceFormat) =>
    ask(address(`/meetings/${one(id)}/attendance`, { format }), {}).then((answer) => answer.blob()),
  correct: (id: string, correction: NewCorrection) =>
    call<Attendance>("POST", address(`/meetings/${one(id)}/attendance/corrections`), correction),
  withdraw: (id: string, number: number, reason: string) =>
    call<Attendance>("POST", address(`/meetings/${one(id)}/attendance/corrections/${number}/withdrawal`), {
      reason,
    }),
  transcript: (id: string, after: string | null, since: number | null, limit = 500) =>
    call<Transcript>("GET", address(`/meetings/${one(id)}/transcript`, { after, since, limit })),
  setSpeaker: (line: string, name: string, position: string) =>
    call<Line>("PATCH", address(`/lines/${one(line)}/speaker`), { name, position }),
  uploads: () => call<UploadPage>("GET", address("/uploads")),
  upload: (id: string) => call<Upload>("GET", address(`/uploads/${one(id)}`)),
  announce: (upload: NewUpload) => call<Upload>("POST", address("/uploads"), upload),
  callOff: (id: string) => call<void>("DELETE", address(`/uploads/${one(id)}`)),
  append,
  search: (q: string, cursor: string | null, signal: AbortSignal) =>
    call<Found>("GET", address("/search", { q, cursor, limit: 20 }), undefined, signal),
};

export type Api = typeof api;
