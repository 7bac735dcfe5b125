/** The directory's questions and answers: offices, people, posts. */

import { address, ask, call, one } from "./http";
import type { Level } from "./types";

export type Role = "participant" | "secretariat" | "chair" | "admin";
export type PostKind = "definitif" | "plt" | "plh";
export type Standing = "serving" | "without" | "disabled";

export interface OfficeFields {
  name: string;
  short_name: string;
  level: Level;
  kind: string;
  parent_id: string | null;
  code: string;
  zone: string;
  /** Days, `2020-07-09`; null: no limit. */
  valid_from: string | null;
  valid_until: string | null;
}

export interface OfficeRow extends OfficeFields {
  id: string;
  /** Short name of the office above. */
  parent: string;
  valid_today: boolean;
  /** Who serves there today. */
  people: number;
  version: number;
}

export interface PositionFields {
  office_id: string;
  title: string;
  kind: PostKind;
  valid_from: string | null;
  valid_until: string | null;
}

export interface PositionRow extends PositionFields {
  id: string;
  office: string;
  /** What the person is called by today. */
  counts: boolean;
  may_change: boolean;
}

export interface PersonRow {
  id: string;
  username: string;
  name: string;
  role: Role;
  /** Where reminders go; empty: none are sent. */
  email: string;
  disabled: boolean;
  /** Today's; the last ones when `serves` is false. */
  position: string;
  office_id: string;
  office: string;
  serves: boolean;
  version: number;
}

export interface PersonFull extends PersonRow {
  /** The latest first. */
  positions: PositionRow[];
  myself: boolean;
}

export interface Listing<T> {
  items: T[];
  total: number;
  page_size: number;
}

export interface OfficesAsked {
  q: string;
  level: string;
  on: string;
  page: number;
}

export interface PeopleAsked {
  q: string;
  office: string;
  standing: string;
  page: number;
}

export interface NewPerson {
  username: string;
  name: string;
  role: Role;
  email: string;
  position: PositionFields;
}

export interface PersonChange {
  username: string;
  name: string;
  role: Role;
  email: string;
  disabled: boolean;
  version: number;
}

export interface ResetLink {
  url: string;
  expires_at: string;
}

export type TableKind = "offices" | "people";
export type Outcome = "new" | "changed" | "same" | "wrong";
export type Counts = Record<Outcome, number>;

export interface PreviewRow {
  /** As the spreadsheet counts, the header is 1. */
  number: number;
  label: string;
  outcome: Outcome;
  changes: { column: string; before: string; after: string }[];
  wrong: { column: string; code: string; detail: string }[];
}

export interface Preview {
  counts: Counts;
  /** The wrong ones first; a thousand at most, `counts` counts all. */
  rows: PreviewRow[];
  /** Headers that nobody knows. */
  ignored: string[];
  token: string;
}

async function table<T>(path: string, file: File): Promise<T> {
  const headers = { "Content-Type": "application/octet-stream" };
  return (await ask(path, { method: "POST", headers, body: file })).json() as Promise<T>;
}

const at = (path: string) => address(`/directory${path}`);

export const directory = {
  offices: ({ q, level, on, page }: OfficesAsked) =>
    call<Listing<OfficeRow>>("GET", address("/directory/offices", { q, level, on, page })),
  addOffice: (id: string, office: OfficeFields) => call<OfficeRow>("POST", at("/offices"), { id, ...office }),
  changeOffice: (id: string, office: OfficeFields, version: number) =>
    call<OfficeRow>("PUT", at(`/offices/${one(id)}`), { ...office, version }),
  people: ({ q, office, standing, page }: PeopleAsked) =>
    call<Listing<PersonRow>>("GET", address("/directory/people", { q, office, standing, page })),
  person: (id: string) => call<PersonFull>("GET", at(`/people/${one(id)}`)),
  addPerson: (person: NewPerson) => call<PersonFull>("POST", at("/people"), person),
  changePerson: (id: string, person: PersonChange) =>
    call<PersonFull>("PUT", at(`/people/${one(id)}`), person),
  takeUp: (person: string, post: PositionFields, endsOthers: boolean, version: number) =>
    call<PersonFull>("POST", at(`/people/${one(person)}/positions`), {
      ...post,
      ends_others: endsOthers,
      version,
    }),
  correct: (post: string, fields: PositionFields, version: number) =>
    call<PersonFull>("PUT", at(`/positions/${one(post)}`), { ...fields, version }),
  strike: (post: string, version: number) =>
    call<PersonFull>("DELETE", address(`/directory/positions/${one(post)}`, { version })),
  templateFile: (kind: TableKind) => at(`/imports/${kind}/template`),
  exportFile: (kind: TableKind) => at(`/exports/${kind}`),
  preview: (kind: TableKind, file: File) => table<Preview>(at(`/imports/${kind}/preview`), file),
  apply: (kind: TableKind, file: File, token: string, partial: boolean) =>
    table<{ counts: Counts }>(
      address(`/directory/imports/${kind}`, { token, partial: partial ? "true" : "" }),
      file,
    ),
  reset: (person: string) => call<ResetLink>("POST", at(`/people/${one(person)}/reset`)),
};
