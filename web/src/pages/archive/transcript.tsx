/** A meeting's transcript: read it, hear any line of it, follow the words as they are spoken. */

import { useEffect, useMemo, useState } from "preact/hooks";
import type { Line, Meeting } from "../../api/types";
import { codeOf, Empty, Failed, Loading } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { useTitle } from "../../components/title";
import { percent } from "../../format/size";
import { longDate, number } from "../../format/time";
import { language, t } from "../../locales";
import { homeZone, useServices } from "../../services";
import { Player } from "../../state/player";
import { Reviewing } from "../../state/reviewing";
import { speakers, turns } from "../../state/turns";
import { PlayerBar } from "./player-bar";
import { ReviewBar } from "./review-bar";
import { SpeakerDialog } from "./speaker-dialog";
import { TurnBlock } from "./turn";
import "./archive.css";

const LOOK_AGAIN_MS = 3000;
const PROGRESS_MS = 10_000;

interface Read {
  meeting: Meeting;
  lines: Line[];
  complete: boolean;
}

export function TranscriptPage({ meeting, line }: { meeting: string; line: string | null }) {
  const { api } = useServices();
  const [read, setRead] = useState<Read | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const load = () =>
    readAll((after) => api.transcript(meeting, after)).then(
      (found) => {
        setFailed(null);
        setRead(found);
      },
      (error) => setFailed(codeOf(error)),
    );
  useEffect(() => void load(), [meeting]);
  useTitle(read?.meeting.title);
  const running = read !== null && !read.complete;
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => void load(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [running]);
  const again = read?.meeting.second_hearing != null;
  useEffect(() => {
    if (!again) return;
    const look = async () => {
      const now = await api.meeting(meeting).catch(() => null);
      if (now === null) return;
      if (now.second_hearing === null) void load();
      else setRead((before) => before && { ...before, meeting: now });
    };
    const timer = setInterval(() => void look(), PROGRESS_MS);
    return () => clearInterval(timer);
  }, [again, meeting]);
  if (!read) {
    if (!failed) return <Loading />;
    const back = { href: "/arsip", label: t.value.transcript.back };
    return <Failed code={failed} retry={() => void load()} back={back} />;
  }
  const set = (changed: Line) =>
    setRead({ ...read, lines: read.lines.map((each) => (each.id === changed.id ? changed : each)) });
  return <Reading read={read} linked={line} set={set} />;
}

async function readAll(
  page: (after: string | null) => ReturnType<ReturnType<typeof useServices>["api"]["transcript"]>,
) {
  const lines: Line[] = [];
  let after: string | null = null;
  for (;;) {
    const got = await page(after);
    lines.push(...got.lines);
    after = got.next;
    if (!after) return { meeting: got.meeting, lines, complete: got.complete };
  }
}

function Reading({ read, linked, set }: { read: Read; linked: string | null; set: (line: Line) => void }) {
  const { me } = useServices();
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
      {lines.length === 0 ? (
        <Empty>{text.transcript.empty}</Empty>
      ) : (
        <ReviewBar lines={lines} review={review} player={player} />
      )}
      <ol class="turns">
        {turns(lines).map((turn) => (
          <TurnBlock
            key={turn.key}
            turn={turn}
            player={player}
            review={review}
            linked={linked}
            name={read.meeting.may.name_speakers ? setNaming : null}
          />
        ))}
      </ol>
      <PlayerBar player={player} />
      {naming && (
        <SpeakerDialog line={naming} known={speakers(lines)} close={() => setNaming(null)} named={set} />
      )}
    </article>
  );
}

/** One player for the page's life; it always sees the newest lines. */
function usePlayer(lines: Line[]): Player {
  const newest = useMemo<{ lines: Line[] }>(() => ({ lines }), []);
  newest.lines = lines;
  const player = useMemo(
    () =>
      new Player((line, step) => newest.lines[newest.lines.findIndex((each) => each.id === line.id) + step]),
    [],
  );
  useEffect(() => () => player.close(), []);
  return player;
}
