/** A participant says how a statement should read, and why. */

import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { notulaApi } from "../../api/notula";
import { Dialog } from "../../components/dialog";
import { codeOf, Problem } from "../../components/feedback";
import { t } from "../../locales";
import { words } from "../../locales/notula-pages";
import { indexed } from "../../state/notula/content";
import { useDesk } from "./desk";

export function ProposeDialog() {
  const { proposing, manuscript } = useDesk();
  const id = proposing.value;
  const found = id === null ? undefined : indexed(manuscript.content.value).get(id);
  if (!id || !found) return null;
  return (
    <Form
      key={id}
      id={id}
      was={found.statement.text}
      close={() => {
        proposing.value = null;
      }}
    />
  );
}

function Form({ id, was, close }: { id: string; was: string; close: () => void }) {
  const { manuscript } = useDesk();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [unchanged, setUnchanged] = useState(false);
  const text = words.value;
  const send = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = { text: String(form.get("text")).trim(), why: String(form.get("why")).trim() };
    if (said.text === was) return setUnchanged(true);
    setBusy(true);
    try {
      const { meeting_id } = manuscript.notula.value;
      manuscript.hear(await notulaApi.propose(meeting_id, { statement: id, ...said }));
      close();
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={text.propose} close={close} wide>
      <p class="soft">{text.proposeLead}</p>
      <blockquote class="quoted">{was}</blockquote>
      <form onSubmit={send}>
        <label class="field">
          <span>{text.proposeText}</span>
          <textarea name="text" defaultValue={was} maxLength={4000} required />
        </label>
        <label class="field">
          <span>{text.reason}</span>
          <textarea name="why" maxLength={1000} minLength={3} required />
        </label>
        {unchanged && (
          <p class="notice notice-bad" role="alert">
            {text.proposeSame}
          </p>
        )}
        <Problem code={problem} />
        <div class="buttons">
          <button type="button" class="button" onClick={close}>
            {t.value.app.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={busy}>
            {text.proposeSend}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
