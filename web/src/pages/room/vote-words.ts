/** How a vote stands, in words. */

import { number } from "../../format/time";
import { language, t } from "../../locales";
import type { Vote } from "../../protocol/messages";
import { tally } from "../../state/votes";

export function told(vote: Pick<Vote, "voices">): string {
  const count = tally(vote.voices);
  const text = (value: number) => number(value, language.value);
  return t.value.votes.tally(
    text(count.agree),
    text(count.disagree),
    text(count.abstain),
    text(count.silent),
  );
}
