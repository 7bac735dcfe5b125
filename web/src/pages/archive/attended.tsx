/** Who attended, office by office. Asked for when somebody opens it. */

import { useState } from "preact/hooks";
import type { Attendance, Attendee, OfficeAttendance } from "../../api/types";
import { Failed, Loading, useLoaded } from "../../components/feedback";
import { withPosition } from "../../format/people";
import { clock, number } from "../../format/time";
import { language, t } from "../../locales";
import { useServices } from "../../services";
import "./course.css";

interface Props {
  meeting: string;
  /** When meeting time begins, and the reader's zone. */
  opened: Date;
  zone: string;
}

export function Attended({ meeting, opened, zone }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <details class="attended card" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.value.proceedings.attendance}</summary>
      {open && <Listed meeting={meeting} opened={opened} zone={zone} />}
    </details>
  );
}

function Listed({ meeting, opened, zone }: Props) {
  const { api } = useServices();
  const found = useLoaded(() => api.attendance(meeting), meeting);
  if (found.failed) return <Failed code={found.failed} retry={found.again} />;
  if (!found.value) return <Loading />;
  return <Table meeting={meeting} found={found.value} opened={opened} zone={zone} />;
}

function Table({ meeting, found, opened, zone }: Props & { found: Attendance }) {
  const { api } = useServices();
  const text = t.value.proceedings;
  const count = (value: number) => number(value, language.value);
  return (
    <>
      <div class="attended-head">
        <p>{text.attended(count(found.present), count(found.invited))}</p>
        <a class="button button-small" href={api.attendanceFile(meeting)} download>
          {text.csv}
        </a>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must take the keyboard */}
      <div class="attended-table" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{text.name}</th>
              <th scope="col">{text.came}</th>
              <th scope="col">{text.left}</th>
              <th scope="col">{text.minutes}</th>
            </tr>
          </thead>
          {found.offices.map((office) => (
            <Office key={`${office.office_id}${office.office}`} office={office} opened={opened} zone={zone} />
          ))}
        </table>
      </div>
    </>
  );
}

function Office({ office, opened, zone }: { office: OfficeAttendance; opened: Date; zone: string }) {
  const text = t.value.proceedings;
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={4}>
          {office.office}
          {!office.invited && office.office_id === "" && <span class="soft"> · {text.outside}</span>}
          {office.status === "absent" && <span class="badge badge-warn">{text.absent}</span>}
        </th>
      </tr>
      {office.people.map((each) => (
        <Row key={each.person} each={each} opened={opened} zone={zone} />
      ))}
    </tbody>
  );
}

function Row({ each, opened, zone }: { each: Attendee; opened: Date; zone: string }) {
  const text = t.value.proceedings;
  const at = (seconds: number) => clock(new Date(opened.getTime() + seconds * 1000), zone);
  const count = (value: number) => number(value, language.value);
  const about = [
    each.shared && text.shared,
    each.late && text.late,
    each.reconnects > 0 && text.reconnected(count(each.reconnects)),
  ];
  return (
    <tr>
      <td>
        {each.shared ? text.shared : withPosition(each.name, each.position)}
        <small class="soft">{about.filter(Boolean).join(" · ")}</small>
      </td>
      <td class="numbers">{at(each.came)}</td>
      <td class="numbers">{at(each.left)}</td>
      <td class="numbers">{count(Math.round(each.minutes))}</td>
    </tr>
  );
}
