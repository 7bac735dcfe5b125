/** The secretariat takes a correction back, and says why. */

import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import type { Attendance, Correction } from "../../api/types";
import { Dialog } from "../../components/dialog";
import { codeOf, Problem } from "../../components/feedback";
import { t } from "../../locales";
import { useServices } from "../../services";
import { calledOf } from "../../state/attendance";
import { corrected } from "./attended-words";
import { ReasonField } from "./correct-fields";

interface Props {
  meeting: string;
  found: Attendance;
  zone: string;
  correction: Correction;
  close: () => void;
  withdrawn: (found: Attendance) => void;
}

export function WithdrawDialog({ meeting, found, zone, correction, close, withdrawn }: Props) {
  const { api } = useServices();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const text = t.value.attendance;
  const save = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason"));
    setBusy(true);
    try {
      withdrawn(await api.withdraw(meeting, correction.number, reason));
      close();
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={text.withdrawTitle} close={close}>
      <p class="soft">{text.withdrawLead}</p>
      <blockquote class="quoted">
        {calledOf(found, correction)}: {corrected(correction, zone)}
      </blockquote>
      <form onSubmit={save}>
        <ReasonField />
        <Problem code={problem} />
        <div class="buttons">
          <button type="button" class="button" onClick={close}>
            {t.value.app.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={busy}>
            {text.withdrawDo}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
