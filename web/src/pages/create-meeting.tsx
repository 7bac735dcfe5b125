import type { TargetedSubmitEvent } from "preact";
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Meeting, Office } from "../api/types";
import { Dialog } from "../components/dialog";
import { codeOf, Failed, Loading, Problem, useLoaded } from "../components/feedback";
import { ZoneField } from "../components/zone-field";
import { instant, nextHour, zoneName } from "../format/time";
import { t } from "../locales";
import { homeZone, useServices } from "../services";
import { read as items } from "../state/agenda";
import { WAITS, type Waits } from "../state/lobby";

interface Props {
  close: () => void;
  created: (meeting: Meeting) => void;
}

export function CreateMeeting({ close, created }: Props) {
  const { api, me } = useServices();
  const home = homeZone(me.value);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const text = t.value.create;
  const [soon] = useState(() => nextHour(new Date(), home));
  const [day, setDay] = useState(soon.date);
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (chosen.size === 0) return setProblem("no_offices");
    const form = new FormData(event.currentTarget);
    const read = (name: string) => String(form.get(name) ?? "");
    const starts_at = instant(read("date"), read("time"), read("zone"));
    setBusy(true);
    setProblem(null);
    try {
      const agenda = items(read("agenda"), [], () => "").map(({ id: _, ...item }) => item);
      const meeting = {
        title: read("title").trim(),
        starts_at,
        zone: read("zone"),
        offices: [...chosen],
        agenda,
        waits: read("waits") as Waits,
        quorum: Number(read("quorum")) || 0,
        previous: read("previous") || null,
      };
      created(await api.create(meeting));
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={text.title} close={close} wide>
      <form onSubmit={submit}>
        <Problem code={problem} />
        <label class="field">
          <span>{text.subject}</span>
          <textarea name="title" rows={2} required minLength={3} maxLength={200} />
          <small>{text.subjectHint}</small>
        </label>
        <div class="fields">
          <label class="field">
            <span>{text.date}</span>
            <input
              type="date"
              name="date"
              required
              defaultValue={soon.date}
              min={soon.today}
              onChange={(event) => setDay(event.currentTarget.value || soon.date)}
            />
          </label>
          <label class="field">
            <span>{text.time}</span>
            <input type="time" name="time" required defaultValue={soon.time} />
          </label>
          <ZoneField home={home} />
        </div>
        <AgendaField />
        <Offices label={text.offices} on={day} chosen={chosen} choose={setChosen} />
        <Gathering most={chosen.size} />
        <div class="buttons">
          <button type="button" class="button" onClick={close}>
            {t.value.app.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={busy}>
            {text.submit}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Who waits outside, how many must be there, and which meeting this one goes on from. */
function Gathering({ most }: { most: number }) {
  const { api } = useServices();
  const ended = useLoaded(() => api.meetings("ended", null, true), "ended");
  const text = t.value.gathering;
  const own = ended.value?.items ?? [];
  return (
    <div class="fields create-gathering">
      <label class="field">
        <span>{text.waits}</span>
        <select name="waits">
          {WAITS.map((each) => (
            <option key={each} value={each}>
              {text.waitsOf[each]}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{text.quorum}</span>
        <input type="number" name="quorum" min={0} max={most || 600} inputMode="numeric" />
        <small>{text.quorumHint}</small>
      </label>
      <label class="field create-previous">
        <span>{text.previous}</span>
        <select name="previous">
          <option value="">{text.previousNone}</option>
          {own.map((each) => (
            <option key={each.id} value={each.id}>
              {each.title}
            </option>
          ))}
        </select>
        <small>{text.previousHint}</small>
      </label>
    </div>
  );
}

function AgendaField() {
  const lines = useRef<HTMLTextAreaElement>(null);
  const text = t.value.leading;
  const fill = () => {
    if (lines.current) lines.current.value = text.usual;
  };
  return (
    <div class="create-agenda">
      <label class="field">
        <span>{text.agenda}</span>
        <textarea ref={lines} name="agenda" rows={3} maxLength={12_000} placeholder={text.agendaExample} />
        <small>{text.agendaHint}</small>
      </label>
      <button type="button" class="button button-small" onClick={fill}>
        {text.agendaUsual}
      </button>
    </div>
  );
}

interface OfficesProps {
  label: string;
  /** The meeting's day, `2020-07-09`: offices that there are not then cannot be chosen, nor stay chosen. */
  on: string;
  chosen: ReadonlySet<string>;
  choose: (chosen: ReadonlySet<string>) => void;
}

export function Offices({ label, on, chosen, choose }: OfficesProps) {
  const { api } = useServices();
  const offices = useLoaded(() => api.offices(on), on);
  useEffect(() => {
    const known = new Set(offices.value?.map(({ id }) => id));
    const kept = [...chosen].filter((id) => known.has(id));
    if (offices.value && kept.length < chosen.size) choose(new Set(kept));
  }, [offices.value]);
  const [filter, setFilter] = useState("");
  const heading = useId();
  const text = t.value.create;
  const shown = (offices.value ?? []).filter((office) => matches(office, filter));
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    choose(next);
  };
  return (
    <fieldset class="offices" aria-labelledby={heading}>
      <div class="offices-head">
        <span id={heading} class="field-label">
          {label}
        </span>
        <span class="soft" role="status">
          {text.chosen(chosen.size)}
        </span>
        <button
          type="button"
          class="button button-small"
          onClick={() => choose(new Set([...chosen, ...shown.map(({ id }) => id)]))}
        >
          {text.all}
        </button>
        <button type="button" class="button button-small" onClick={() => choose(new Set())}>
          {text.none}
        </button>
      </div>
      <input
        type="search"
        aria-label={text.filter}
        placeholder={text.filter}
        value={filter}
        onInput={(event) => setFilter(event.currentTarget.value)}
      />
      {offices.failed && <Failed code={offices.failed} retry={offices.again} />}
      {!offices.value && !offices.failed && <Loading />}
      <ul class="offices-list">
        {shown.map((office) => (
          <li key={office.id}>
            <label class="check">
              <input
                type="checkbox"
                checked={chosen.has(office.id)}
                onChange={(event) => toggle(office.id, event.currentTarget.checked)}
              />
              <span>
                {office.name} <span class="soft">{zoneName(office.zone)}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function matches(office: Office, filter: string): boolean {
  const wanted = filter.trim().toLocaleLowerCase("id");
  return `${office.name} ${office.short_name} ${zoneName(office.zone)}`
    .toLocaleLowerCase("id")
    .includes(wanted);
}
