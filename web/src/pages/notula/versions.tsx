/** What has changed: between two versions, and between what the machine heard and what people made of it. */

import { useState } from "preact/hooks";
import { type Comparison, type Notula, notulaApi, type Told } from "../../api/notula";
import { Compared } from "../../components/compared";
import { Failed, Loading, useLoaded } from "../../components/feedback";
import { meetingClock, shortDate } from "../../format/time";
import { language, t } from "../../locales";
import { words } from "../../locales/notula-pages";
import { SEALED } from "../../state/notula/way";
import { useDesk } from "./desk";
import { Fingerprint } from "./fingerprint";

export function Versions() {
  const { manuscript } = useDesk();
  const { versions, sha256, code, state } = manuscript.notula.value;
  const text = words.value;
  return (
    <>
      {code && SEALED.has(state) && (
        <section class="about card about-code">
          <h2>{text.code}</h2>
          <p class="code numbers">{code}</p>
          {sha256 && <Fingerprint of={sha256} />}
          <p>
            <a href={`/verifikasi/${code}`}>{text.verify}</a>
          </p>
        </section>
      )}
      {versions.length > 1 && <Compare versions={versions} />}
      <Differences />
    </>
  );
}

function Compare({ versions }: { versions: Notula["versions"] }) {
  const { manuscript, zone } = useDesk();
  const numbers = versions.map(({ number }) => number).sort((one, other) => one - other);
  const [from, setFrom] = useState(numbers.at(-2) ?? 1);
  const [to, setTo] = useState(numbers.at(-1) ?? 1);
  const [open, setOpen] = useState(false);
  const text = words.value;
  const select = (label: string, value: number, set: (value: number) => void) => (
    <label>
      <span class="soft">{label}</span>{" "}
      <select value={value} onChange={(event) => set(Number(event.currentTarget.value))}>
        {versions.map((each) => (
          <option key={each.number} value={each.number}>
            {text.version(String(each.number))} – {t.value.notula.states[each.state]},{" "}
            {shortDate(new Date(each.at), zone, language.value)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <details class="about card" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{text.versions}</h2>
      </summary>
      <div class="versions-pair">
        {select(text.versionsFrom, from, setFrom)}
        {select(text.versionsTo, to, setTo)}
      </div>
      {open && <Compared_ meeting={manuscript.notula.value.meeting_id} from={from} to={to} />}
    </details>
  );
}

function Compared_({ meeting, from, to }: { meeting: string; from: number; to: number }) {
  const found = useLoaded(() => notulaApi.compare(meeting, from, to), `${from}-${to}`);
  if (!found.value) return found.failed ? <Failed code={found.failed} retry={found.again} /> : <Loading />;
  return <Differs comparison={found.value} />;
}

function Differs({ comparison: { came, went, changed, facts } }: { comparison: Comparison }) {
  const text = words.value;
  if (came.length + went.length + changed.length + facts.length === 0)
    return <p class="soft">{text.unchanged}</p>;
  return (
    <>
      <Part title={text.changedList}>
        {changed.map(({ id, section, before, after, moved_from }) => (
          <li key={id}>
            <small class="soft">
              {moved_from ? `${named(moved_from)} → ${named(section)}` : named(section)}
            </small>
            <Compared before={before} after={after} words={text} />
          </li>
        ))}
      </Part>
      <Part title={text.cameList}>{came.map(row)}</Part>
      <Part title={text.wentList}>{went.map(row)}</Part>
      <Part title={text.factsList}>
        {facts.map((each) => (
          <li key={each}>{(text.fields as Record<string, string>)[each] ?? each}</li>
        ))}
      </Part>
    </>
  );
}

const row = (each: Told) => (
  <li key={each.id}>
    <small class="soft">{named(each.section)}</small>
    {each.text}
  </li>
);

/** A section of the server's by its name on the page; of an item of the discussion its title. */
function named(section: string): string {
  const sections: Record<string, string> = words.value.sections;
  return sections[section] ?? section;
}

function Part({ title, children }: { title: string; children: preact.ComponentChild[] }) {
  if (children.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ol class="about-list">{children}</ol>
    </>
  );
}

function Differences() {
  const { manuscript } = useDesk();
  const [open, setOpen] = useState(false);
  const text = words.value;
  return (
    <details class="about card" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{text.differences}</h2>
      </summary>
      <p class="soft">{text.differencesLead}</p>
      {open && <Heard meeting={manuscript.notula.value.meeting_id} />}
    </details>
  );
}

function Heard({ meeting }: { meeting: string }) {
  const found = useLoaded(() => notulaApi.differences(meeting), meeting);
  const text = words.value;
  if (!found.value) return found.failed ? <Failed code={found.failed} retry={found.again} /> : <Loading />;
  if (found.value.length === 0) return <p class="soft">{text.differencesNone}</p>;
  return (
    <ol class="about-list">
      {found.value.map((each) => (
        <li key={each.line}>
          <a href={`/arsip/${meeting}?baris=${each.line}`} class="numbers">
            {meetingClock(each.start, true)}
          </a>{" "}
          <strong>{each.speaker || t.value.transcript.unassigned}</strong>
          <p>
            <Compared before={each.heard} after={each.text} words={text} />
          </p>
        </li>
      ))}
    </ol>
  );
}
