/** What the editor of a transcript asks of the server. */

import type { Answer, Edit, Sought } from "../state/editing/edits";
import { address, ask, call, one } from "./http";

export interface Preview {
  hits: { line: string; version: number; before: string; after: string }[];
  /** There are others: they are found when these are done. */
  more: boolean;
}

export interface Stood {
  text: string;
  speaker: string | null;
  position: string | null;
  version: number;
}

export interface HistoryEntry {
  edit: string;
  kind: Edit["kind"];
  at: string;
  by: { name: string; position: string };
  /** Another id where the line came of that one, or took it up. */
  line: string;
  before: Stood | null;
  after: Stood | null;
  why: string;
  undoes: string | null;
}

export interface Peaks {
  per_second: number;
  seconds: number;
  /** Loudest sample of every stretch, 0 to 255, as base64. */
  peaks: string;
}

/** What takes the server a while: how much of it is done, or the thing. */
export type Made<T> = { share: number } | { ready: T };

const of = (meeting: string) => `/meetings/${one(meeting)}`;

export const editing = {
  edit: (meeting: string, edit: Edit) => call<Answer>("POST", address(`${of(meeting)}/edits`), edit),
  preview: (meeting: string, sought: Sought) =>
    call<Preview>("POST", address(`${of(meeting)}/edits/preview`), sought),
  history: (line: string) => call<HistoryEntry[]>("GET", address(`/lines/${one(line)}/history`)),
  peaks: (meeting: string) => made<Peaks>(address(`${of(meeting)}/peaks`), (answer) => answer.json()),
  /** Only whether it is there: the browser's own player reads it, part by part. */
  sound: (meeting: string) => {
    const path = soundOf(meeting);
    return made<string>(path, async () => path, { headers: { Range: "bytes=0-0" } });
  },
};

export const soundOf = (meeting: string) => address(`${of(meeting)}/sound`);

export function reviewOf(meeting: string): string {
  return `${location.origin.replace(/^http/, "ws")}${address(`${of(meeting)}/review`)}`;
}

async function made<T>(
  path: string,
  read: (answer: Response) => Promise<T>,
  given: RequestInit = {},
): Promise<Made<T>> {
  const answer = await ask(path, given);
  if (answer.status !== 202) return { ready: await read(answer) };
  const { share } = await answer.json();
  return { share: typeof share === "number" ? share : 0 };
}

export type EditingApi = typeof editing;
