/** A meeting's transcript: read it, hear any line of it, follow the words as they are spoken. */

import { useEffect, useMemo, useState } from "preact/hooks";
import type { Line } from "../../api/types";
import { Empty, Failed, Loading, useLoaded } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { useTitle } from "../../components/title";
import { percent } from "../../format/size";
import { longDate, number } from "../../format/time";
import { language, t } from "../../locales";
import { homeZone, useServices } from "../../services";
import { marks, woven } from "../../state/course";
import { badgeOf } from "../../state/notula/badge";
import { Player } from "../../state/player";
import type { Read } from "../../state/reading";
import { Reviewing } from "../../state/reviewing";
import { speakers } from "../../state/turns";
import { Attended } from "./attended";
import { CarriedOver, MarkRow, Outcomes } from "./course";
import { PlayerBar } from "./player-bar";
import { ReviewBar } from "./review-bar";
import { SpeakerDialog } from "./speaker-dialog";
import { TurnBlock } from "./turn";
import { useReading } from "./use-reading";
import "./archive.css";

export function TranscriptPage({ meeting, line }: { meeting: string; line: string | null }) {
  const { read, failed, again, set } = useReading(meeting);
  useTitle(read?.meeting.title);
  if (read) return <Reading read={read} linked={line} set={set} />;
  if (!failed) return <Loading />;
  return <Failed code={failed} retry={again} back={{ href: "/arsip", label: t.value.transcript.back }} />;
}

function Reading({ read, linked, set }: { read: Read; linked: string | null; set: (line: Line) => void }) {
  const { api, me } = useServices();
  const course = useLoaded(() => api.course(read.meeting.id), read.meeting.id).value;
  const opened = new Date(read.meeting.opened_at ?? read.meeting.starts_at);
  const lines = read.lines;
  const player = usePlayer(lines);
  const review = useMemo(() => new Reviewing(localStorage), []);
  const [naming, setNaming] = useState<Line | null>(null);
  const text = t.value;
  const target = linked === null ? undefined : lines.find((each) => each.id === linked);
  useEffect(() => {
    if (!target) return;
    document.getElementById(`baris-${target.id}`)?.scrollIntoView({ block: "center" });
    player.play(target);
  }, [target?.id]);
  return (
    <article class="transcript">
      <a class="back" href="/arsip">
        <Icon name="back" />
        {text.transcript.back}
      </a>
      <h1>{read.meeting.title}</h1>
      <p class="transcript-facts soft">
        <span>{longDate(new Date(read.meeting.starts_at), homeZone(me.value), language.value)}</span>
        <span>{read.meeting.host_office.name}</span>
        <span>{text.transcript.lines(number(lines.length, language.value))}</span>
      </p>
      {(read.meeting.notula || read.meeting.may.edit_transcript) && read.meeting.state === "ended" && (
        <p class="transcript-notula">
          <a class="button button-small" href={`/arsip/${read.meeting.id}/notula`}>
            <Icon name="agenda" />
            {text.notula.open}
          </a>
          {read.meeting.notula && (
            <span class={badgeOf(read.meeting.notula)}>{text.notula.states[read.meeting.notula]}</span>
          )}
        </p>
      )}
      {lines.length > 0 && <p class="notice notice-warn">{text.transcript.machine}</p>}
      {!read.complete && (
        <p class="notice" role="status">
          {text.transcript.running}
        </p>
      )}
      {read.meeting.second_hearing !== null && (
        <p class="notice">{text.transcript.again(percent(read.meeting.second_hearing, language.value))}</p>
      )}
      {linked !== null && !target && (
        <p class="notice notice-bad" role="alert">
          {text.transcript.missing}
        </p>
      )}
      {course && <Outcomes outcomes={course.outcomes} votes={course.votes} lines={lines} player={player} />}
      {course && <CarriedOver followUps={course.carried} />}
      {!me.value?.guest_of && (
        <Attended
          meeting={read.meeting.id}
          opened={opened}
          ended={new Date(read.meeting.ended_at ?? Date.now())}
          zone={homeZone(me.value)}
        />
      )}
      {lines.length === 0 ? (
        <Empty>{text.transcript.empty}</Empty>
      ) : (
        <ReviewBar lines={lines} review={review} player={player} />
      )}
      <ol class="turns">
        {woven(lines, course ? marks(course.stretches) : []).map((entry) =>
          "mark" in entry ? (
            <MarkRow
              key={`${entry.mark.what}${entry.mark.at}`}
              mark={entry.mark}
              opened={opened}
              zone={homeZone(me.value)}
            />
          ) : (
            <TurnBlock
              key={entry.turn.key}
              turn={entry.turn}
              player={player}
              review={review}
              linked={linked}
              name={read.meeting.may.name_speakers ? setNaming : null}
            />
          ),
        )}
      </ol>
      <PlayerBar player={player} />
      {naming && (
        <SpeakerDialog line={naming} known={speakers(lines)} close={() => setNaming(null)} named={set} />
      )}
    </article>
  );
}

/** One player for the page's life; it always sees the newest lines. */
function usePlayer(lines: readonly Line[]): Player {
  const newest = useMemo<{ lines: readonly Line[] }>(() => ({ lines }), []);
  newest.lines = lines;
  const player = useMemo(
    () =>
      new Player((line, step) => newest.lines[newest.lines.findIndex((each) => each.id === line.id) + step]),
    [],
  );
  useEffect(() => () => player.close(), []);
  return player;
}
