/** Who attended, office by office. Asked for when somebody opens it; the secretariat corrects it here. */

import { useState } from "preact/hooks";
import type { Attendance, Correction } from "../../api/types";
import { Failed, Loading, useLoaded } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { number } from "../../format/time";
import { language, t } from "../../locales";
import { useServices } from "../../services";
import type { Subject } from "../../state/attendance";
import { AttendedFiles } from "./attended-files";
import { AttendedHistory } from "./attended-history";
import { AttendedItems } from "./attended-items";
import { AttendedTable } from "./attended-table";
import { CorrectDialog } from "./correct-dialog";
import { WithdrawDialog } from "./withdraw-dialog";
import "./attended.css";

interface Props {
  meeting: string;
  /** When meeting time begins and ended (now, while it goes on), and the reader's zone. */
  opened: Date;
  ended: Date;
  zone: string;
}

export function Attended(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details class="attended card" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.value.attendance.title}</summary>
      {open && <Listed {...props} />}
    </details>
  );
}

function Listed(props: Props) {
  const { api } = useServices();
  const found = useLoaded(() => api.attendance(props.meeting), props.meeting);
  if (found.failed) return <Failed code={found.failed} retry={found.again} />;
  if (!found.value) return <Loading />;
  return <Panel {...props} found={found.value} set={found.set} />;
}

function Panel({ found, set, ...props }: Props & { found: Attendance; set: (found: Attendance) => void }) {
  const [correcting, setCorrecting] = useState<Subject | null>(null);
  const [withdrawing, setWithdrawing] = useState<Correction | null>(null);
  const [done, setDone] = useState<"saved" | "undone" | null>(null);
  const text = t.value.attendance;
  const about = { ...props, found, corrected: takes("saved"), withdraw: setWithdrawing };
  function takes(what: "saved" | "undone") {
    return (next: Attendance) => {
      set(next);
      setDone(what);
    };
  }
  return (
    <>
      <div class="attended-head">
        <Counts found={found} />
        <AttendedFiles meeting={props.meeting} />
      </div>
      <AttendedTable {...props} found={found} correct={found.may_correct ? setCorrecting : null} />
      <div class="attended-foot">
        <p role="status" class="soft">
          {done && text[done]}
        </p>
        {found.may_correct && (
          <button type="button" class="button button-small" onClick={() => setCorrecting({ kind: "added" })}>
            <Icon name="plus" />
            {text.add}
          </button>
        )}
      </div>
      <AttendedItems found={found} />
      <AttendedHistory found={found} zone={props.zone} withdraw={setWithdrawing} />
      {correcting && <CorrectDialog {...about} subject={correcting} close={() => setCorrecting(null)} />}
      {withdrawing && (
        <WithdrawDialog
          meeting={props.meeting}
          found={found}
          zone={props.zone}
          correction={withdrawing}
          close={() => setWithdrawing(null)}
          withdrawn={takes("undone")}
        />
      )}
    </>
  );
}

function Counts({ found }: { found: Attendance }) {
  const text = t.value.attendance;
  const count = (value: number) => number(value, language.value);
  const { of_offices: offices, of_people: people } = found;
  const rest = (["represented", "excused", "absent"] as const)
    .filter((status) => people[status] > 0)
    .map((status) => `${count(people[status])} ${text.statuses[status].toLowerCase()}`);
  const late = people.late > 0 && text.lateOf(count(people.late));
  return (
    <div class="attended-counts">
      <p>
        <strong>{t.value.proceedings.attended(count(found.present), count(found.invited))}</strong>
        {offices.represented > 0 && `, ${text.representedOf(count(offices.represented))}`}
      </p>
      <p class="soft">{[text.people(count(people.present)), late, ...rest].filter(Boolean).join(" · ")}</p>
    </div>
  );
}
