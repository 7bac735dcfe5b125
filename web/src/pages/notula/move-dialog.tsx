/** A step of the notula, said once more before it is taken; with a reason where others must know why. */

import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { type Move, type Notula, notulaApi } from "../../api/notula";
import { Dialog } from "../../components/dialog";
import { codeOf, Problem } from "../../components/feedback";
import { t } from "../../locales";
import { words } from "../../locales/notula-pages";
import { useDesk } from "./desk";

const WITH_REASON = new Set<Move>(["return", "close_window", "amend", "revoke"]);
/** These leave other content than what is on the page. */
const ANEW = new Set<Move>(["amend"]);

export function MoveDialog({ move, close }: { move: Move; close: () => void }) {
  const { manuscript } = useDesk();
  const text = words.value;
  const take = async (reason: string, days: number | null) => {
    const saved = await manuscript.flush();
    if (move === "submit" && (!saved || manuscript.lacks.value.size > 0)) throw new Unsaved();
    const { meeting_id, revision } = manuscript.notula.value;
    const told = await notulaApi.move(meeting_id, move, revision, reason, days);
    if (ANEW.has(move)) manuscript.begin(told);
    else manuscript.hear(told);
  };
  return (
    <StepDialog
      title={text.moves[move]}
      lead={text.moveLeads[move]}
      reason={WITH_REASON.has(move)}
      days={move === "submit"}
      take={take}
      close={close}
    />
  );
}

export function RedraftDialog({ close }: { close: () => void }) {
  const { manuscript } = useDesk();
  const text = words.value;
  const take = async () => {
    const made: Notula = await notulaApi.draft(manuscript.notula.value.meeting_id, true);
    manuscript.begin(made);
  };
  return <StepDialog title={text.redraft} lead={text.redraftLead} reason={false} take={take} close={close} />;
}

/** Something of the page is not on the server: what is submitted would not be what is seen. */
class Unsaved extends Error {}

interface Props {
  title: string;
  lead: string;
  reason: boolean;
  /** Asks how long participants may propose. */
  days?: boolean;
  take: (reason: string, days: number | null) => Promise<void>;
  close: () => void;
}

function StepDialog({ title, lead, reason, days = false, take, close }: Props) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [unsaved, setUnsaved] = useState(false);
  const text = words.value;
  const go = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const why = String(form.get("reason") ?? "").trim();
    setBusy(true);
    setProblem(null);
    try {
      await take(why, days ? Number(form.get("days")) : null);
      close();
    } catch (error) {
      if (error instanceof Unsaved) setUnsaved(true);
      else setProblem(codeOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={title} close={close}>
      <p>{lead}</p>
      <form onSubmit={go}>
        {days && (
          <label class="field">
            <span>{text.days}</span>
            <input name="days" type="number" min={0} max={14} step={1} defaultValue="3" required />
            <small>{text.daysHint}</small>
          </label>
        )}
        {reason && (
          <label class="field">
            <span>{text.reason}</span>
            <textarea name="reason" required minLength={3} maxLength={1000} />
            <small>{text.reasonShort}</small>
          </label>
        )}
        {unsaved && (
          <p class="notice notice-bad" role="alert">
            {text.unsaved}
          </p>
        )}
        <Problem code={problem} />
        <div class="buttons">
          <button type="button" class="button" onClick={close}>
            {t.value.app.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={busy}>
            {title}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
