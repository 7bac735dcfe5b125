import { useState } from "preact/hooks";
import type { Meeting } from "../api/types";
import { codeOf, Problem } from "../components/feedback";
import { clockWithZone, elsewhere, longDate, number } from "../format/time";
import { language, t } from "../locales";
import { homeZone, useServices } from "../services";
import { badgeOf } from "../state/notula/badge";

/** When a meeting is, on the reader's clock first, then on the clocks of the other invited zones. */
export function When({ meeting }: { meeting: Meeting }) {
  const { me } = useServices();
  const zone = homeZone(me.value);
  const at = new Date(meeting.opened_at ?? meeting.starts_at);
  const others = meeting.zones.length > 1 ? elsewhere(at, zone, language.value) : [];
  return (
    <p class="when numbers">
      <time dateTime={at.toISOString()}>
        {longDate(at, zone, language.value)}, <span class="together">{clockWithZone(at, zone)}</span>
      </time>
      {others.map((other) => (
        <span key={other} class="soft">
          {"\u00a0· "}
          <span class="together">{other}</span>
        </span>
      ))}
    </p>
  );
}

interface Props {
  meeting: Meeting;
  invite: (meeting: Meeting) => void;
}

export function MeetingCard({ meeting, invite }: Props) {
  const text = t.value.meetings;
  const count = (value: number) => number(value, language.value);
  return (
    <li class="meeting" id={`rapat-${meeting.id}`}>
      <div class="meeting-what">
        <h3>{meeting.title}</h3>
        <When meeting={meeting} />
        <p class="meeting-facts">
          <span>{text.host(meeting.host_office.short_name)}</span>
          {meeting.offices_invited > 0 && <span>{text.offices(count(meeting.offices_invited))}</span>}
          {meeting.state === "open" && <span>{text.present(count(meeting.participants_now))}</span>}
          {meeting.state === "ended" && <span>{text.lines(count(meeting.lines))}</span>}
          {meeting.state === "ended" && meeting.notula && (
            <span class={badgeOf(meeting.notula)}>
              {t.value.notula.title}: {t.value.notula.states[meeting.notula]}
            </span>
          )}
          {meeting.state === "ended" && !meeting.transcript_complete && (
            <span class="badge badge-warn">{text.incomplete}</span>
          )}
        </p>
      </div>
      <Actions meeting={meeting} invite={invite} />
    </li>
  );
}

function Actions({ meeting, invite }: Props) {
  const { api, router } = useServices();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const text = t.value.meetings;
  const start = async () => {
    setBusy(true);
    try {
      await api.open(meeting.id);
      router.go(`/rapat/${meeting.id}`);
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  return (
    <div class="meeting-actions">
      {meeting.state === "open" && <span class="badge badge-live">{text.badgeOpen}</span>}
      {meeting.state === "open" && meeting.may.join && (
        <a class="button button-main" href={`/rapat/${meeting.id}`}>
          {text.join}
        </a>
      )}
      {meeting.state === "scheduled" && meeting.may.open && (
        <button type="button" class="button button-main" disabled={busy} onClick={start}>
          {text.start}
        </button>
      )}
      {meeting.state === "scheduled" && !meeting.may.open && meeting.may.join && (
        <a class="button" href={`/rapat/${meeting.id}`}>
          {text.wait}
        </a>
      )}
      {meeting.state !== "ended" && meeting.may.invite && (
        <button type="button" class="button" onClick={() => invite(meeting)}>
          {text.invite}
        </button>
      )}
      {meeting.state === "ended" && (
        <a class="button" href={`/arsip/${meeting.id}`}>
          {text.transcript}
        </a>
      )}
      {meeting.state === "ended" && (meeting.notula || meeting.may.edit_transcript) && (
        <a class="button" href={`/arsip/${meeting.id}/notula`}>
          {t.value.notula.title}
        </a>
      )}
      <Problem code={problem} />
    </div>
  );
}
