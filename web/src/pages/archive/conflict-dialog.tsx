/** Two people's texts of one line: whichever is to stand, neither is lost before a person has seen both. */

import { CopyButton } from "../../components/copy";
import { Dialog } from "../../components/dialog";
import { problemText, t } from "../../locales";
import { merged } from "../../state/editing/difference";
import type { Editing } from "../../state/editing/editing";
import type { Clash } from "../../state/editing/outbox";
import { Compared } from "./compared";

interface Props {
  editing: Editing;
  clash: Clash;
  /** Decide later: it stays, and its line is not edited before. */
  close: () => void;
}

export function ConflictDialog({ editing, clash, close }: Props) {
  const text = t.value.editing;
  const { kept, theirs } = clash;
  const mine = kept.edit.kind === "text" ? kept.edit.text : "";
  const base = kept.base ?? "";
  const two = clash.code === "line_changed";
  const both = two && theirs ? merged(base, mine, theirs.text) : null;
  const together = both !== null && both !== mine && both !== theirs?.text ? both : null;
  return (
    <Dialog title={two ? text.clashTitle : text.refusedTitle} close={close} wide>
      <p class="soft">{why(clash)}</p>
      <h3>
        {text.mine} <small class="soft">{text.against}</small>
      </h3>
      <Compared before={base} after={mine} />
      {two && theirs && (
        <>
          <h3>
            {text.theirs} <small class="soft">{text.against}</small>
          </h3>
          <Compared before={base} after={theirs.text} />
        </>
      )}
      {together !== null && (
        <>
          <h3>{text.together}</h3>
          <Compared before={base} after={together} />
        </>
      )}
      <div class="buttons">
        {!theirs && <CopyButton text={mine} />}
        <button type="button" class="button" onClick={() => editing.yield(clash)}>
          {two && theirs ? text.useTheirs : text.discard}
        </button>
        {theirs && (
          <button type="button" class="button" onClick={() => editing.reopen(clash, together ?? mine)}>
            {text.editOn}
          </button>
        )}
        {together !== null && (
          <button type="button" class="button" onClick={() => editing.insist(clash, together)}>
            {text.useTogether}
          </button>
        )}
        {two && theirs && (
          <button type="button" class="button button-main" onClick={() => editing.insist(clash, mine)}>
            {text.useMine}
          </button>
        )}
      </div>
    </Dialog>
  );
}

function why({ theirs, code }: Clash): string {
  if (code !== "line_changed") return problemText(code, t.value);
  return theirs ? t.value.editing.clashLead : t.value.editing.lineGone;
}
