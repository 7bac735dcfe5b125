/** HTTP as the page uses it: JSON in and out, problem+json (RFC 9457) as `ApiError`. */

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
  Transcript,
  Upload,
  UploadPage,
} from "./types";

export class ApiError extends Error {
  constructor(
    readonly status: number,
    /** Stable; `unreachable` when no answer came at all. */
    readonly code: string,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
  }
}

type Query = Record<string, string | number | null | undefined>;

function address(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(
    ([, value]) => value !== null && value !== undefined && value !== "",
  );
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return `/api/v1${path}${text ? `?${text}` : ""}`;
}

async function refusal(response: Response): Promise<ApiError> {
  const problem = await response.json().catch(() => ({}));
  const code = typeof problem.code === "string" ? problem.code : "unknown";
  return new ApiError(response.status, code, typeof problem.detail === "string" ? problem.detail : "");
}

async function ask(path: string, given: RequestInit): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: "same-origin", ...given });
  } catch (error) {
    if (given.signal?.aborted) throw error;
    throw new ApiError(0, "unreachable", String(error));
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const headers: HeadersInit = body === undefined ? {} : { "Content-Type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await ask(path, { method, headers, ...(signal && { signal }), ...sent });
  return (response.status === 204 ? undefined : await response.json()) as T;
}

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

const one = encodeURIComponent;

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
  offices: () =>
    call<Page<Office> | Office[]>("GET", address("/offices")).then((got) =>
      "items" in got ? got.items : got,
    ),
  meetings: (state: Meeting["state"], cursor?: string | null) =>
    call<Page<Meeting>>("GET", address("/meetings", { state, cursor })),
  meeting: (id: string) => call<Meeting>("GET", address(`/meetings/${one(id)}`)),
  create: (meeting: NewMeeting) => call<Meeting>("POST", address("/meetings"), meeting),
  open: (id: string) => call<Meeting>("POST", address(`/meetings/${one(id)}/open`)),
  end: (id: string) => call<Meeting>("POST", address(`/meetings/${one(id)}/end`)),
  invite: (id: string, name: string, institution: string) =>
    call<Invitation>("POST", address(`/meetings/${one(id)}/invitations`), { name, institution }),
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
