/** A notula as `/api/v1` tells it, and what pages ask about it. The server's OpenAPI is the reference. */

import { address, ask, call, one } from "./http";

/** Somebody as they were on the day. */
export interface Who {
  readonly name: string;
  readonly position: string;
  readonly office: string;
}

export interface Statement {
  readonly id: string;
  readonly text: string;
  /** Ids of the lines that it rests on. */
  readonly cites: readonly string[];
  readonly origin: "rule" | "noted" | "summary" | "hand";
}

export type Manner =
  | "presentation"
  | "question"
  | "response"
  | "proposal"
  | "objection"
  | "direction"
  | "remark";

export interface Contribution extends Statement {
  readonly speaker: Who;
  readonly manner: Manner;
  /** False: printed without the name. */
  readonly named: boolean;
  readonly law: readonly string[];
}

export interface Direction extends Statement {
  readonly by: Who;
}

export interface Decision extends Statement {
  readonly basis: readonly string[];
  readonly how: "" | "musyawarah" | "aklamasi" | "suara";
  readonly objections: string;
}

export interface Risk extends Statement {
  /** Of the election. */
  readonly stage: string;
  readonly impact: string;
  readonly mitigation: string;
  readonly owner: string;
}

export type Category =
  | "penguatan_organisasi"
  | "tata_kelola"
  | "sarana_prasarana"
  | "monitoring"
  | "evaluasi"
  | "koordinasi_internal"
  | "koordinasi_eksternal"
  | "regulasi"
  | "dokumen_hukum"
  | "lainnya";

export interface FollowUpPoint extends Statement {
  readonly owners: readonly string[];
  /** Ids of those that do it, each by itself. */
  readonly offices: readonly string[];
  readonly all_offices: boolean;
  readonly related: readonly string[];
  readonly category: Category;
  /** ISO date. */
  readonly due: string | null;
  readonly priority: "biasa" | "segera";
  /** Id of the decision or direction that it follows from. */
  readonly source: string;
}

export interface Discussion {
  readonly item: string;
  readonly contributions: readonly Contribution[];
}

export interface Voting {
  readonly question: string;
  readonly method: "hands" | "roll";
  /** Seconds of meeting time. */
  readonly at: number;
  readonly yes: number;
  readonly no: number;
  readonly abstain: number;
  readonly silent: number;
}

export interface Content {
  readonly format: "rakor-notula-1";
  readonly meeting_id: string;
  readonly title: string;
  readonly number: string;
  readonly invitation_number: string;
  readonly invitation_date: string | null;
  readonly starts: string;
  readonly ends: string;
  readonly zones: readonly string[];
  readonly place: string;
  readonly host: string;
  readonly host_city: string;
  readonly agenda: readonly { readonly title: string; readonly presenter: string }[];
  readonly chair: Who;
  readonly secretary: Who;
  readonly minute_taker: Who;
  readonly moderator: Who;
  readonly presenters: readonly Who[];
  readonly attendance: {
    readonly invited: number;
    readonly present: number;
    readonly quorum: number;
    readonly rows: readonly unknown[];
  };
  readonly opening: readonly Contribution[];
  readonly discussion: readonly Discussion[];
  readonly conclusions: readonly Statement[];
  readonly decisions: readonly Decision[];
  readonly directions: readonly Direction[];
  readonly problems: readonly Risk[];
  readonly follow_ups: readonly FollowUpPoint[];
  readonly votes: readonly Voting[];
  readonly closing: readonly Contribution[];
  readonly classification: "biasa" | "terbatas" | "rahasia";
  readonly openness: "undecided" | "open" | "exempt";
  readonly exemption: string;
}

export type State =
  | "machine_draft"
  | "edited"
  | "in_review"
  | "returned"
  | "approved"
  | "signed"
  | "archived"
  | "amended"
  | "revoked";

export type Move =
  | "submit"
  | "initial"
  | "close_window"
  | "return"
  | "approve"
  | "archive"
  | "amend"
  | "revoke";
export type Ability = Move | "draft" | "edit" | "sign" | "propose" | "answer" | "assign";

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly position: string;
}

export interface Duties {
  /** Null: anybody of the secretariat of the host. */
  readonly minute_taker: Person | null;
  readonly checkers: readonly Person[];
  readonly chair: Person | null;
  readonly archivist: Person | null;
}

export interface Proposal {
  readonly id: string;
  readonly statement: string;
  /** What stood there when it was made. */
  readonly was: string;
  readonly text: string;
  readonly why: string;
  readonly by: string;
  readonly position: string;
  readonly at: string;
  readonly answer: {
    readonly accepted: boolean;
    readonly reason: string;
    readonly by: string;
    readonly at: string;
  } | null;
}

export interface Notula {
  readonly meeting_id: string;
  readonly version: number;
  readonly revision: number;
  readonly state: State;
  readonly content: Content;
  readonly may: Readonly<Record<Ability, boolean>>;
  readonly duties: Duties;
  readonly initials: readonly { readonly name: string; readonly position: string; readonly at: string }[];
  readonly returned: { readonly by: string; readonly at: string; readonly reason: string } | null;
  /** Until when participants may propose. */
  readonly window: { readonly until: string } | null;
  readonly proposals: readonly Proposal[];
  readonly signatures: readonly {
    readonly duty: "minute_taker" | "chair";
    readonly name: string;
    readonly position: string;
    readonly at: string;
    readonly method: string;
  }[];
  readonly code: string | null;
  /** Of what was approved, to be signed; once sealed, of what was sealed. */
  readonly sha256: string | null;
  readonly versions: readonly {
    readonly number: number;
    readonly state: State;
    readonly sha256: string | null;
    readonly at: string;
  }[];
  /** Told to who has a duty. */
  readonly history: readonly {
    readonly at: string;
    readonly by: string;
    readonly position: string;
    readonly move: string;
    readonly version: number;
    readonly reason: string;
  }[];
}

export interface NewDuties {
  minute_taker: string | null;
  checkers: readonly string[];
  chair: string | null;
  archivist: string | null;
}

/** What differs between two versions, statement by statement. */
export interface Comparison {
  readonly came: readonly Told[];
  readonly went: readonly Told[];
  readonly changed: readonly {
    readonly id: string;
    readonly section: string;
    readonly before: string;
    readonly after: string;
    /** Empty: it stood in the same section before. */
    readonly moved_from: string;
  }[];
  /** Fields of the heading that differ. */
  readonly facts: readonly string[];
}

export interface Told {
  readonly id: string;
  readonly section: string;
  readonly text: string;
}

/** A cited line whose words people have changed. */
export interface Difference {
  readonly line: string;
  readonly start: number;
  readonly speaker: string;
  readonly heard: string;
  readonly text: string;
}

const of = (meeting: string, rest = "") => address(`/meetings/${one(meeting)}/notula${rest}`);

export const notulaApi = {
  read: (meeting: string) => call<Notula>("GET", of(meeting)),
  people: (meeting: string) => call<Person[]>("GET", of(meeting, "/people")),
  draft: (meeting: string, replace: boolean) => call<Notula>("POST", of(meeting, "/draft"), { replace }),
  save: (meeting: string, revision: number, content: Content) =>
    call<Notula>("PUT", of(meeting, "/content"), { revision, content }),
  /** `days`: with submit, how long participants may propose. */
  move: (meeting: string, move: Move, revision: number, reason: string, days: number | null) =>
    call<Notula>("POST", of(meeting, "/moves"), { move, revision, reason, ...(days !== null && { days }) }),
  propose: (meeting: string, proposal: { statement: string; text: string; why: string }) =>
    call<Notula>("POST", of(meeting, "/proposals"), proposal),
  answer: (meeting: string, proposal: string, accept: boolean, reason: string) =>
    call<Notula>("POST", of(meeting, `/proposals/${one(proposal)}/answer`), { accept, reason }),
  assign: (meeting: string, duties: NewDuties) => call<Notula>("PUT", of(meeting, "/duties"), duties),
  compare: (meeting: string, from: number, to: number) =>
    call<Comparison>("GET", address(`/meetings/${one(meeting)}/notula/compare`, { from, to })),
  differences: (meeting: string) => call<Difference[]>("GET", of(meeting, "/differences")),
  /** `sha256`: of what was shown to who signs. */
  sign: (meeting: string, password: string, sha256: string) =>
    call<Notula>("POST", of(meeting, "/signatures"), { password, sha256 }),
};

/** A file that takes the server a while to make; `path` is below `/api/v1`. */
export const fileOf = (path: string) => ask(address(path), {}).then((answer) => answer.blob());

/** How much of the meeting's sound has been mixed, 0 to 1; null: it is there. */
export async function soundMade(meeting: string): Promise<number | null> {
  const answer = await ask(soundOf(meeting), { headers: { Range: "bytes=0-0" } });
  if (answer.status !== 202) return null;
  const { share } = (await answer.json()) as { share: number };
  return share;
}

export const soundOf = (meeting: string) => address(`/meetings/${one(meeting)}/sound`);
