/** A meeting's transcript: read it, hear any line of it, follow the words as they are spoken, and put them right. */

import { useComputed } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Course, Line } from "../../api/types";
import { Empty, Failed, Loading, useLoaded } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { useTitle } from "../../components/title";
import { percent } from "../../format/size";
import { longDate, number } from "../../format/time";
import { language, t } from "../../locales";
import { homeZone, useServices } from "../../services";
import { marks, parts, woven } from "../../state/course";
import { type Progress, progress, reviewed } from "../../state/editing/queue";
import { badgeOf } from "../../state/notula/badge";
import { KINDS, type Stop, stops } from "../../state/review";
import { Attended } from "./attended";
import { CarriedOver, Outcomes } from "./course";
import { DeskContext, rowOf, useDesk } from "./desk";
import { EditNotice } from "./edit-notice";
import { EditingBar } from "./editing-bar";
import { Held } from "./held";
import { PartBlock } from "./part";
import { PlayerBar } from "./player-bar";
import { ReviewBar, Steps } from "./review-bar";
import { TranscriptDialogs } from "./transcript-dialogs";
import { useShown } from "./use-desk";
import { useReading } from "./use-reading";
import "./archive.css";
import "./editing.css";

type Reading = ReturnType<typeof useReading>;

export function TranscriptPage({ meeting, line }: { meeting: string; line: string | null }) {
  const reading = useReading(meeting);
  const { read, failed, look } = reading;
  useTitle(read?.meeting.title);
  if (read) return <Transcript key={meeting} reading={reading} linked={line} />;
  if (!failed) return <Loading />;
  const back = { href: "/arsip", label: t.value.transcript.back };
  return <Failed code={failed} retry={() => void look()} back={back} />;
}

const EVERY_KIND = new Set(KINDS);

function Transcript({ reading, linked }: { reading: Reading; linked: string | null }) {
  const { api, me } = useServices();
  const read = reading.read as NonNullable<Reading["read"]>;
  const { meeting } = read;
  const course = useLoaded(() => api.course(meeting.id), meeting.id).value;
  const desk = useShown({ ...reading, read, linked, me: me.value });
  const lines = desk.lines();
  const opened = new Date(meeting.opened_at ?? meeting.starts_at);
  const doubtful = useMemo(() => stops(lines, EVERY_KIND), [lines]);
  const how = useMemo(() => progress(lines, doubtful.length), [lines, doubtful]);
  useLinked(lines, linked, desk);
  return (
    <DeskContext.Provider value={desk}>
      <article class="transcript">
        <a class="back" href="/arsip">
          <Icon name="back" />
          {t.value.transcript.back}
        </a>
        <h1>{meeting.title}</h1>
        <p class="transcript-facts soft">
          <span>{longDate(new Date(meeting.starts_at), homeZone(me.value), language.value)}</span>
          <span>{meeting.host_office.name}</span>
          <span>{t.value.transcript.lines(number(meeting.lines, language.value))}</span>
        </p>
        {(meeting.notula || meeting.may.edit_transcript) && meeting.state === "ended" && (
          <p class="transcript-notula">
            <a class="button button-small" href={`/arsip/${meeting.id}/notula`}>
              <Icon name="agenda" />
              {t.value.notula.open}
            </a>
            {meeting.notula && (
              <span class={badgeOf(meeting.notula)}>{t.value.notula.states[meeting.notula]}</span>
            )}
          </p>
        )}
        <Notices reading={reading} lines={lines} how={how} linked={linked} />
        {course && (
          <Outcomes outcomes={course.outcomes} votes={course.votes} lines={lines} player={desk.player} />
        )}
        {course && <CarriedOver followUps={course.carried} />}
        {!me.value?.guest_of && (
          <Attended
            meeting={meeting.id}
            opened={opened}
            ended={new Date(meeting.ended_at ?? Date.now())}
            zone={homeZone(me.value)}
          />
        )}
        {lines.length === 0 ? (
          !read.partly && <Empty>{t.value.transcript.empty}</Empty>
        ) : (
          <ReviewBar lines={lines} progress={how} />
        )}
        <Words lines={lines} doubtful={doubtful} course={course} opened={opened} />
        {read.partly &&
          (reading.failed ? <Failed code={reading.failed} retry={() => void reading.look()} /> : <Loading />)}
        {desk.editing && <EditNotice editing={desk.editing} />}
        <PlayerBar meeting={meeting.id} />
        <TranscriptDialogs meeting={meeting.id} />
      </article>
    </DeskContext.Provider>
  );
}

interface NoticesProps {
  reading: Reading;
  lines: readonly Line[];
  how: Progress;
  linked: string | null;
}

function Notices({ reading, lines, how, linked }: NoticesProps) {
  const { editing } = useDesk();
  const read = reading.read as NonNullable<Reading["read"]>;
  const text = t.value.transcript;
  const state = useMemo(() => reviewed(how, lines), [how, lines]);
  const missing = linked !== null && !read.partly && !lines.some((line) => line.id === linked);
  return (
    <>
      {lines.length > 0 && !read.partly && state !== "all" && (
        <p class="notice notice-warn">
          {state === "none" ? text.machine : t.value.editing.partly(percent(how.share, language.value))}
        </p>
      )}
      {editing && <Held editing={editing} />}
      {!read.complete && (
        <p class="notice" role="status">
          {text.running}
        </p>
      )}
      {read.meeting.second_hearing !== null && (
        <p class="notice">{text.again(percent(read.meeting.second_hearing, language.value))}</p>
      )}
      {missing && (
        <p class="notice notice-bad" role="alert">
          {text.missing}
        </p>
      )}
    </>
  );
}

interface WordsProps {
  lines: readonly Line[];
  /** All places to check, of whatever kind. */
  doubtful: readonly Stop[];
  course: Course | null;
  opened: Date;
}

/** What is said, with what happened in between, and the tools that stay in view above it. */
function Words({ lines, course, opened }: WordsProps) {
  const desk = useDesk();
  const { review, editing } = desk;
  const zone = homeZone(useServices().me.value);
  const kinds = review.kinds.value;
  const found = useMemo(() => stops(lines, kinds), [lines, kinds]);
  const only = review.only.value && review.on;
  const open = useComputed(() => editing?.open.value?.line ?? null).value;
  const seen = useMemo(() => {
    if (!only) return lines;
    const wanted = new Set([...found.map((stop) => stop.line.id), open]);
    return lines.filter((line) => wanted.has(line.id));
  }, [lines, found, only, only && open]);
  const minutes = useMemo(
    () => parts(woven(seen, course && !only ? marks(course.stretches) : [])),
    [seen, course, only],
  );
  const at = (event: FocusEvent) => {
    const row = (event.target as Element).closest(".line");
    if (row) desk.cursor.value = row.id.replace(/^baris-/, "");
  };
  return (
    <>
      {lines.length > 0 && (review.on || editing) && (
        <div class="review-steps card">
          {review.on && <Steps found={found} />}
          {editing && <EditingBar editing={editing} />}
        </div>
      )}
      {only && seen.length === 0 && <Empty>{t.value.editing.nothingShown}</Empty>}
      <div onFocusIn={at}>
        {minutes.map((part) => (
          <PartBlock key={part.minute} part={part} opened={opened} zone={zone} />
        ))}
      </div>
    </>
  );
}

/** The line of the address is shown and heard once it has come. */
function useLinked(lines: readonly Line[], linked: string | null, desk: ReturnType<typeof useShown>): void {
  const target = useMemo(() => lines.find((each) => each.id === linked), [lines, linked]);
  useEffect(() => {
    if (!target) return;
    const show = () => rowOf(target.id)?.scrollIntoView({ block: "center" });
    desk.nearness.bring(rowOf(target.id)?.closest(".turn"), show);
    desk.player.play(target);
  }, [target?.id]);
}
