/** Signing: what is signed, what it means, and the password once more. */

import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { notulaApi } from "../../api/notula";
import { Dialog } from "../../components/dialog";
import { codeOf, Problem } from "../../components/feedback";
import { t } from "../../locales";
import { words } from "../../locales/notula-pages";
import { useServices } from "../../services";
import { useDesk } from "./desk";
import { Fingerprint } from "./fingerprint";

export function SignDialog({ close }: { close: () => void }) {
  const { manuscript } = useDesk();
  const { me } = useServices();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const text = words.value;
  const notula = manuscript.notula.value;
  const sign = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    setProblem(null);
    try {
      manuscript.hear(
        await notulaApi.sign(
          notula.meeting_id,
          String(new FormData(form).get("password")),
          notula.sha256 ?? "",
        ),
      );
      close();
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
      form.reset();
    }
  };
  return (
    <Dialog title={text.sign} close={close}>
      <p>{text.signLead}</p>
      <dl class="sign-what">
        <dt>{text.fields.title}</dt>
        <dd>{notula.content.title}</dd>
        <dt>{text.title}</dt>
        <dd>{text.version(String(notula.version))}</dd>
        <dt>{text.fingerprint}</dt>
        <dd>{notula.sha256 && <Fingerprint of={notula.sha256} />}</dd>
      </dl>
      <div class="notice">
        <div>
          <strong>{text.signMeans}</strong>
          <p class="notula-reason">{text.signMeansDetail}</p>
        </div>
      </div>
      <form onSubmit={sign}>
        {/* So that whatever keeps passwords knows whose it is. */}
        <input
          class="visually-hidden"
          autocomplete="username"
          value={me.value?.username ?? ""}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <label class="field">
          <span>{text.password}</span>
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        <Problem code={problem} />
        <div class="buttons">
          <button type="button" class="button" onClick={close}>
            {t.value.app.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={busy}>
            {busy ? text.signing : text.sign}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
