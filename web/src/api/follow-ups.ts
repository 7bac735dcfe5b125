/** What meetings left to be done: boards, one item, and what is done with it. */

import type { FollowUpsAsked } from "../state/follow-ups";
import { address, ask, call, one } from "./http";

export type Status = "belum_mulai" | "dalam_proses" | "menunggu_pihak_lain" | "selesai" | "dibatalkan";
export type Scope = "own" | "all";
/** A status, or what matters across them. */
export type Wanted = "" | "late" | "unverified" | Status;
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
export type Move =
  | "start"
  | "rest"
  | "wait"
  | "report"
  | "take_back"
  | "verify"
  | "return"
  | "cancel"
  | "reopen"
  | "remark";

export interface MeetingRef {
  id: string;
  title: string;
  date: string;
  host: string;
}

export interface ItemRow {
  id: string;
  follow_up: string;
  text: string;
  meeting: MeetingRef;
  office: { id: string; short_name: string; zone: string };
  category: Category;
  priority: "biasa" | "segera";
  /** A day, `2026-12-05`. */
  due: string | null;
  /** By the calendar of its office; negative when late, null where nothing is due any more. */
  days_left: number | null;
  late: boolean;
  status: Status;
  percent: number;
  verified: boolean;
  evidence: number;
  remark: string;
}

/** `done` of `offices`; those for which it is cancelled are not counted. */
export interface Counted {
  offices: number;
  done: number;
  verified: number;
  late: number;
  statuses: Record<Status, number>;
}

export interface Parent extends Counted {
  id: string;
  text: string;
  meeting: MeetingRef;
  category: Category;
  priority: "biasa" | "segera";
  due: string | null;
  unit: "provinsi" | "kabkota" | "satker";
}

export interface Board {
  all: Counted;
  unverified: number;
  follow_ups: Parent[];
  categories: (Counted & { category: Category })[];
  may_see_all: boolean;
}

export interface Piece {
  id: string;
  name: string;
  url: string;
  file: boolean;
  kind: string;
  size: number;
  sha256: string;
  by: string;
  at: string;
}

export interface Changed {
  kind: string;
  text: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  by: { name: string; position: string; office: string; person: boolean };
  at: string;
}

export interface Item extends ItemRow {
  number: number;
  owners: string[];
  related: string[];
  source: { kind: "decision" | "direction"; number: number; text: string; basis: string[] } | null;
  cites: string[];
  done_at: string | null;
  verified_by: string;
  verified_at: string | null;
  siblings: number;
  siblings_done: number;
  pieces: Piece[];
  /** The oldest first. */
  history: Changed[];
  may: { moves: Move[]; add_evidence: boolean; remove_evidence: boolean; read_meeting: boolean };
  version: number;
}

export interface NewMove {
  move: Move;
  version: number;
  text: string;
  percent: number | null;
}

type Given = FollowUpsAsked & { scope: Scope };

const at = (path: string) => address(`/follow-ups${path}`);
const query = ({ scope, q, status, category, office, followUp }: Given) => ({
  scope,
  q,
  status,
  category,
  office,
  follow_up: followUp,
});

export const followUps = {
  list: (given: Given) =>
    call<{ items: ItemRow[]; total: number; page_size: number }>(
      "GET",
      address("/follow-ups", { ...query(given), page: given.page }),
    ),
  board: (given: Given) => call<Board>("GET", address("/follow-ups/board", query(given))),
  exportFile: (given: Given) => address("/follow-ups/export", query(given)),
  item: (id: string) => call<Item>("GET", at(`/${one(id)}`)),
  move: (id: string, given: NewMove) => call<Item>("POST", at(`/${one(id)}/moves`), given),
  attach: async (id: string, file: File, version: number) => {
    const path = address(`/follow-ups/${one(id)}/evidence`, { name: file.name, version });
    const headers = { "Content-Type": "application/octet-stream" };
    return (await ask(path, { method: "POST", headers, body: file })).json() as Promise<Item>;
  },
  link: (id: string, name: string, url: string, version: number) =>
    call<Item>("POST", at(`/${one(id)}/links`), { name, url, version }),
  remove: (id: string, piece: string, version: number) =>
    call<Item>("DELETE", address(`/follow-ups/${one(id)}/evidence/${one(piece)}`, { version })),
};
