/** Votes: one voice an office. Pure. */

import type { Participant, Vote } from "../protocol/messages";
import type { Power } from "./floor";

export type Choice = "agree" | "disagree" | "abstain";
export const CHOICES: readonly Choice[] = ["agree", "disagree", "abstain"];

export interface Tally {
  readonly agree: number;
  readonly disagree: number;
  readonly abstain: number;
  /** Offices that have not said anything. */
  readonly silent: number;
}

export function merged(votes: readonly Vote[], vote: Vote): readonly Vote[] {
  const known = votes.some((each) => each.id === vote.id);
  return known ? votes.map((each) => (each.id === vote.id ? vote : each)) : [...votes, vote];
}

export function openVote(votes: readonly Vote[]): Vote | null {
  const last = votes.at(-1);
  return last && !last.closed ? last : null;
}

export function tally(voices: Vote["voices"]): Tally {
  const count = (choice: Choice | null) => voices.filter((each) => each.choice === choice).length;
  return {
    agree: count("agree"),
    disagree: count("disagree"),
    abstain: count("abstain"),
    silent: count(null),
  };
}

/** What this page's office has said; null: it may speak and has not; undefined: it has no voice, or not now. */
export function ownVoice(
  vote: Vote,
  self: Participant | undefined,
  may: ReadonlySet<Power>,
): Choice | null | undefined {
  const voice = vote.voices.find((each) => self && each.office_id === self.office_id);
  if (!voice || !may.has("vote")) return undefined;
  const turn = vote.method === "hands" || vote.called === voice.office_id;
  return turn ? voice.choice : undefined;
}

/** Who is called next: the first behind the one that was called last who has said nothing. */
export function nextOffice(vote: Vote): string | null {
  const at = vote.voices.findIndex((each) => each.office_id === vote.called);
  const waiting = [...vote.voices.slice(at + 1), ...vote.voices.slice(0, at + 1)];
  return waiting.find((each) => each.choice === null && each.office_id !== vote.called)?.office_id ?? null;
}
