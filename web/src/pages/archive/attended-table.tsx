/** The list itself: what holds, and on demand what was measured and why it was corrected. */

import type { Attendance, OfficeAttendance, Person } from "../../api/types";
import { Icon } from "../../components/icons";
import { withPosition } from "../../format/people";
import { clock, number } from "../../format/time";
import { language, t } from "../../locales";
import type { Subject } from "../../state/attendance";
import { by, corrected, measured, numbered, standing } from "./attended-words";

interface Props {
  found: Attendance;
  opened: Date;
  zone: string;
  /** Null for who may not. */
  correct: ((subject: Subject) => void) | null;
}

export function AttendedTable(props: Props) {
  const text = t.value.attendance;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must take the keyboard
    <section class="attended-table" tabIndex={0} aria-label={text.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{text.name}</th>
            {[text.came, text.left, text.minutes].map((each) => (
              <th key={each} scope="col" class="attended-number">
                {each}
              </th>
            ))}
            {props.correct && (
              <th scope="col">
                <span class="visually-hidden">{text.correction}</span>
              </th>
            )}
          </tr>
        </thead>
        {props.found.offices.map((office) => (
          <Office key={`${office.office_id}${office.office}`} office={office} {...props} />
        ))}
      </table>
    </section>
  );
}

function Office({ office, ...props }: Props & { office: OfficeAttendance }) {
  const text = t.value.attendance;
  const { office_id: id, office: name } = office;
  const wanting = office.status !== "present" && office.status !== "late";
  return (
    <tbody>
      <tr>
        <th scope="rowgroup">
          {name}
          {id === "" && <span class="soft"> · {text.outside}</span>}
          {/* The host need not be missed, and the people of others say for themselves how they stand. */}
          {wanting && (office.invited || office.corrections.length > 0) && (
            <span class={office.status === "absent" ? "badge badge-warn" : "badge"}>
              {office.people.length > 0 ? text.statuses[office.status] : standing(office)}
            </span>
          )}
          {office.note && <small class="soft">{office.note}</small>}
          <Corrected name={name} numbers={office.corrections} seen={null} {...props} />
        </th>
        <td class="attended-number" colSpan={3} />
        {props.correct && (
          <td>{id !== "" && <Correct subject={{ kind: "office", id, name }} correct={props.correct} />}</td>
        )}
      </tr>
      {office.people.map((person) => (
        <Row key={person.person} person={person} {...props} />
      ))}
    </tbody>
  );
}

function Row({ person, ...props }: Props & { person: Person }) {
  const text = t.value.attendance;
  const at = (moment: string | null) => (moment === null ? "–" : clock(new Date(moment), props.zone));
  const count = (value: number) => number(value, language.value);
  const reconnects = person.measured?.reconnects ?? 0;
  const about = [
    person.role !== "participant" && person.role !== "guest" && text.roles[person.role],
    person.mode && person.mode !== "online" && text.modes[person.mode],
    reconnects > 0 && text.reconnected(count(reconnects)),
    person.note,
  ].filter(Boolean);
  return (
    <tr>
      <td>
        {withPosition(person.name, person.position)}
        <small class="soft">
          <span class={person.status === "present" ? undefined : "attended-status"}>{standing(person)}</span>
          {about.map((each) => ` · ${each}`)}
        </small>
        {person.came_at && <Times person={person} zone={props.zone} />}
        <Corrected
          name={person.name}
          numbers={person.corrections}
          seen={measured(person, props.opened, props.zone)}
          {...props}
        />
      </td>
      <td class="numbers attended-number">{at(person.came_at)}</td>
      <td class="numbers attended-number">{at(person.left_at)}</td>
      <td class="numbers attended-number">
        {person.minutes === null ? "–" : count(Math.round(person.minutes))}
      </td>
      {props.correct && (
        <td>
          <Correct
            subject={{ kind: "person", id: person.person, name: person.name, person }}
            correct={props.correct}
          />
        </td>
      )}
    </tr>
  );
}

/** What the columns of numbers say, where there is no room for them. */
function Times({ person, zone }: { person: Person; zone: string }) {
  const text = t.value.attendance;
  const at = (moment: string | null) => (moment === null ? "…" : clock(new Date(moment), zone));
  const lasted = person.minutes !== null && text.lasted(number(Math.round(person.minutes), language.value));
  return (
    <small class="attended-times numbers">
      {[text.between(at(person.came_at), at(person.left_at)), lasted].filter(Boolean).join(" · ")}
    </small>
  );
}

interface Corrections extends Props {
  name: string;
  numbers: readonly number[];
  /** What was measured; null: nothing to say. */
  seen: string | null;
}

function Corrected({ found, name, numbers, seen, zone }: Corrections) {
  const text = t.value.attendance;
  if (numbers.length === 0) return null;
  return (
    <details class="attended-corrected">
      <summary aria-label={text.correctedOf(name)}>{text.corrected}</summary>
      <ul>
        {numbered(found, numbers).map((each) => (
          <li key={each.number}>
            {corrected(each, zone)}. {text.because(each.reason)} <span class="soft">({by(each, zone)})</span>
          </li>
        ))}
        {seen && <li class="soft">{seen}</li>}
      </ul>
    </details>
  );
}

function Correct({
  subject,
  correct,
}: {
  subject: Exclude<Subject, { kind: "added" }>;
  correct: (of: Subject) => void;
}) {
  const name = t.value.attendance.correct(subject.name);
  return (
    <button
      type="button"
      class="button button-quiet button-icon"
      aria-label={name}
      title={name}
      onClick={() => correct(subject)}
    >
      <Icon name="pen" />
    </button>
  );
}
