/** The way to signature: what has been done by whom, where the notula stands, and whose turn it is. Pure. */

import type { Notula, Person, State } from "../../api/notula";

export const STEPS = ["machine_draft", "edited", "in_review", "approved", "signed", "archived"] as const;
export type StepName = (typeof STEPS)[number];

export interface Step {
  readonly name: StepName;
  readonly standing: "done" | "now" | "ahead";
  /** Who brought it here, as far as the history tells; null: nobody yet. */
  readonly by: string | null;
  readonly at: string | null;
}

/** Signed by both: nothing that such a version says changes any more. */
export const SEALED: ReadonlySet<State> = new Set(["signed", "archived", "amended", "revoked"]);

/** What leads to a state, as the history names it. */
const LEADS: Record<StepName, readonly string[]> = {
  machine_draft: ["draft"],
  edited: ["edit"],
  in_review: ["submit"],
  approved: ["approve"],
  signed: ["sign"],
  archived: ["archive"],
};

/** Which step a side state stands at. */
const AT: Record<State, StepName> = {
  machine_draft: "machine_draft",
  edited: "edited",
  returned: "edited",
  in_review: "in_review",
  approved: "approved",
  signed: "signed",
  archived: "archived",
  amended: "archived",
  revoked: "archived",
};

export function way(notula: Pick<Notula, "state" | "history">): Step[] {
  const here = STEPS.indexOf(AT[notula.state]);
  return STEPS.map((name, index) => {
    const done =
      index <= here ? notula.history.findLast((each) => LEADS[name].includes(each.move)) : undefined;
    const standing = index < here ? "done" : index === here ? "now" : "ahead";
    return { name, standing, by: done?.by ?? null, at: done?.at ?? null };
  });
}

export type Task =
  | "look"
  | "submit"
  | "answer"
  | "initial"
  | "window"
  | "approve"
  | "sign_minute_taker"
  | "sign_chair"
  | "archive";

export interface Turn {
  readonly task: Task;
  /** Null: whoever holds that duty by default. */
  readonly who: Person | null;
}

type Standing = Pick<Notula, "state" | "duties" | "initials" | "signatures" | "proposals" | "window">;

/** What comes next, at `now` in milliseconds; null when nothing does. */
export function turn(notula: Standing, now: number): Turn | null {
  const { duties } = notula;
  switch (notula.state) {
    case "machine_draft":
    case "returned":
      return { task: "look", who: duties.minute_taker };
    case "edited":
      return { task: "submit", who: duties.minute_taker };
    case "in_review":
      return inReview(notula, now);
    case "approved":
      return notula.signatures.some(({ duty }) => duty === "minute_taker")
        ? { task: "sign_chair", who: duties.chair }
        : { task: "sign_minute_taker", who: duties.minute_taker };
    case "signed":
      return { task: "archive", who: duties.archivist };
    default:
      return null;
  }
}

/** An accepted proposal makes initials due again: answers come first. Initials are given in order. */
function inReview({ duties, proposals, initials, window }: Standing, now: number): Turn {
  if (proposals.some(({ answer }) => answer === null)) return { task: "answer", who: duties.minute_taker };
  const next = duties.checkers[initials.length];
  if (next) return { task: "initial", who: next };
  if (openUntil(window) > now) return { task: "window", who: duties.minute_taker };
  return { task: "approve", who: duties.chair };
}

function openUntil(window: Notula["window"]): number {
  return window ? Date.parse(window.until) : 0;
}

/** Proposals to a statement that nobody has answered, oldest first. */
export function open(notula: Pick<Notula, "proposals">, statement: string) {
  return notula.proposals.filter((each) => each.statement === statement && each.answer === null);
}
