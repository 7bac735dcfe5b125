/** The secretariat corrects how somebody stands on the attendance list, adds a person, and says why. */

import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import type { Attendance, Change, Correction } from "../../api/types";
import { Dialog } from "../../components/dialog";
import { codeOf, Problem } from "../../components/feedback";
import { clock } from "../../format/time";
import { t } from "../../locales";
import { useServices } from "../../services";
import { changed, type Filled, filled, historyOf, type Subject } from "../../state/attendance";
import { Corrections } from "./attended-history";
import { measured } from "./attended-words";
import {
  NameFields,
  NoteField,
  OfficeField,
  PresenceFields,
  ReasonField,
  StatusFields,
} from "./correct-fields";

interface Props {
  meeting: string;
  found: Attendance;
  opened: Date;
  ended: Date;
  zone: string;
  subject: Subject;
  close: () => void;
  corrected: (found: Attendance) => void;
  withdraw: (correction: Correction) => void;
}

export function CorrectDialog(props: Props) {
  const { found, opened, ended, zone, subject, close } = props;
  const { api } = useServices();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const values = valuesOf(found, subject, zone);
  const text = t.value.attendance;
  const save = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = Object.fromEntries(
      [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]),
    );
    const set = {
      ...changed(values, form, { came_at: opened, left_at: ended }, zone),
      ...placed(subject, form),
    };
    if (Object.keys(set).length === 0) return setProblem("nothing_set");
    setBusy(true);
    try {
      props.corrected(
        await api.correct(props.meeting, { ...named(subject), set, reason: form.reason ?? "" }),
      );
      close();
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  const past = historyOf(found, subject);
  return (
    <Dialog title={subject.kind === "added" ? text.addTitle : text.correct(subject.name)} close={close} wide>
      <p class="soft">{lead(subject, opened, zone)}</p>
      <form onSubmit={save} class="correct-form">
        {subject.kind !== "office" && <NameFields values={values} />}
        {subject.kind === "added" && <OfficeField offices={found.offices} />}
        <StatusFields values={values} />
        {subject.kind !== "office" && <PresenceFields values={values} zone={zone} />}
        <NoteField values={values} />
        <ReasonField />
        <div class="correct-whole">
          <Problem code={problem} />
          <div class="buttons">
            <button type="button" class="button" onClick={close}>
              {t.value.app.cancel}
            </button>
            <button type="submit" class="button button-main" disabled={busy}>
              {t.value.app.save}
            </button>
          </div>
        </div>
      </form>
      {past.length > 0 && (
        <section class="correct-past">
          <h3>{text.history(String(past.length))}</h3>
          <Corrections
            found={found}
            listed={past}
            zone={zone}
            withdraw={(correction) => {
              close();
              props.withdraw(correction);
            }}
          />
        </section>
      )}
    </Dialog>
  );
}

function lead(subject: Subject, opened: Date, zone: string): string {
  if (subject.kind === "added") return t.value.attendance.addLead;
  return subject.kind === "person" ? measured(subject.person, opened, zone) : t.value.attendance.officeLead;
}

/** How the form is filled at first: only what differs from it is sent. */
function valuesOf(found: Attendance, subject: Subject, zone: string): Filled {
  if (subject.kind === "person") return filled(subject.person, (at) => clock(at, zone));
  if (subject.kind === "added") return { status: "present", role: "participant" };
  const office = found.offices.find((each) => each.office_id === subject.id);
  const status = office?.status === "late" ? "present" : office?.status;
  return {
    status: status ?? "absent",
    represented_by: office?.represented_by ?? "",
    note: office?.note ?? "",
  };
}

function placed(subject: Subject, form: Filled): Change {
  if (subject.kind !== "added") return {};
  return form.office_id ? { office_id: form.office_id } : { office_id: "", office: form.office ?? "" };
}

function named(subject: Subject): { kind: "person" | "office"; id: string | null } {
  return subject.kind === "added" ? { kind: "person", id: null } : { kind: subject.kind, id: subject.id };
}
