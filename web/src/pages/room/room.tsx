/** The room: enters with what the pre-join page chose, or comes back to the seat this tab held before a reload. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Failed, Loading } from "../../components/feedback";
import { useTitle } from "../../components/title";
import { meetingClock } from "../../format/time";
import { t } from "../../locales";
import { useServices } from "../../services";
import { current } from "../../state/agenda";
import { Call, type Entry, heldSeat, type Over } from "../../state/call";
import { Banner } from "./banner";
import { Bar } from "./bar";
import { ChatHeard } from "./chat";
import { CompanyAsk } from "./company";
import { offerDiagnostics } from "./diagnostics";
import { HandsHeard } from "./floor";
import { Granted } from "./granted";
import { Held } from "./held";
import { Knocking } from "./lobby";
import { Order } from "./order";
import { Round } from "./roll";
import { type Panel, Side } from "./side";
import { Sounds } from "./sounds";
import { Stage } from "./stage";
import { Toast } from "./toast";
import { useRoom } from "./use-room";
import { Voting } from "./voting";
import "./room.css";

const WIDE = "(min-width: 64rem)";

export function Room({ meeting }: { meeting: string }) {
  const { entry, router } = useServices();
  const [chosen] = useState<Entry | null>(() => entryFor(entry.peek(), meeting));
  useEffect(() => {
    if (!chosen) router.go(`/rapat/${meeting}`, { replace: true });
    entry.value = null;
  }, []);
  return chosen ? <Entered entry={chosen} /> : <Loading page />;
}

function entryFor(entry: Entry | null, meeting: string): Entry | null {
  if (entry?.meeting === meeting) return entry;
  const held = heldSeat(meeting);
  return held && { meeting, shared: held.shared, recorded: held.recorded };
}

function Entered({ entry }: { entry: Entry }) {
  const { local } = useServices();
  const call = useMemo(() => new Call(entry, local, location.origin), []);
  useEffect(() => {
    const withdraw = offerDiagnostics(call);
    void local.prepare().then(() => call.enter());
    return () => {
      withdraw();
      call.close();
      local.close();
    };
  }, [call]);
  const over = call.over.value;
  useEffect(() => {
    if (over) local.close();
  }, [over]);
  return (
    <div class="stage-theme room-page">
      {over ? <Farewell over={over} meeting={entry.meeting} /> : <Present call={call} />}
    </div>
  );
}

/** Inside, or outside until somebody lets them in: a line that is lost meanwhile changes nothing of that. */
function Present({ call }: { call: Call }) {
  const seated = useRoom(call, (room) => room.seat !== null);
  const [held, hold] = useState(false);
  const phase = call.phase.value;
  useEffect(() => {
    if (phase === "held") hold(true);
  }, [phase]);
  return held && !seated ? <Held call={call} /> : <Inside call={call} />;
}

function Inside({ call }: { call: Call }) {
  const [panel, setPanel] = useState<Panel | null>(() => (matchMedia(WIDE).matches ? "captions" : null));
  const title = useRoom(call, (room) => room.meeting?.title);
  useTitle(title);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div class={panel ? "room room-with-side" : "room"}>
      <header class="room-head">
        <div class="room-title">
          <h1 ref={heading} tabIndex={-1} title={title}>
            {title ?? t.value.room.entering}
          </h1>
          <Discussed call={call} />
        </div>
        <Clock call={call} />
      </header>
      <div class="banners">
        <Banner call={call} />
        <Order call={call} />
        <Knocking call={call} look={() => setPanel("participants")} />
        <CompanyAsk call={call} />
        <Round call={call} />
        <Granted call={call} />
        <Voting call={call} />
      </div>
      <Stage call={call} />
      {panel && <Side call={call} panel={panel} show={setPanel} />}
      <Bar call={call} panel={panel} show={setPanel} />
      <Sounds call={call} />
      <HandsHeard call={call} />
      <ChatHeard call={call} open={panel === "chat"} />
      <Toast call={call} />
    </div>
  );
}

function Clock({ call }: { call: Call }) {
  const [, beat] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => beat((last) => last + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  const time = meetingClock(call.time());
  return (
    <p class="room-clock">
      <Recording call={call} />
      <span class="numbers" role="timer" aria-label={`${t.value.room.clock} ${time}`}>
        {time}
      </span>
    </p>
  );
}

function Recording({ call }: { call: Call }) {
  const order = useRoom(call, (room) => room.order);
  const text = t.value;
  if (order.suspended !== null) return <span class="room-recording">{text.leading.recordSuspended}</span>;
  if (order.pause) return <span class="room-recording">{text.leading.recordPaused}</span>;
  return <span class="recording room-recording">{text.room.recording}</span>;
}

/** The item under discussion, where everybody sees it. */
function Discussed({ call }: { call: Call }) {
  const now = useRoom(call, (room) => current(room.agenda));
  const count = useRoom(call, (room) => room.agenda.items.length);
  if (!now) return null;
  return (
    <p class="room-item" title={now.item.title} role="status">
      <span class="numbers">
        {now.number}/{count}
      </span>{" "}
      {now.item.title}
    </p>
  );
}

function Farewell({ over, meeting }: { over: Over; meeting: string }) {
  const { me } = useServices();
  const text = t.value.room;
  const title = over.why === "left" ? text.left : over.why === "ended" ? text.ended : text.refused;
  return (
    <main class="farewell">
      <h1>{title}</h1>
      {over.why === "ended" && <p class="lead">{text.endedDetail}</p>}
      {over.why === "refused" && <Failed code={over.failure.code} />}
      <div class="buttons">
        {over.why === "left" && (
          <a class="button button-main" href={`/rapat/${meeting}`}>
            {text.rejoin}
          </a>
        )}
        {over.why === "ended" && !me.value?.guest_of && (
          <a class="button button-main" href={`/arsip/${meeting}`}>
            {t.value.meetings.transcript}
          </a>
        )}
        <a class="button" href="/rapat">
          {t.value.app.toMeetings}
        </a>
      </div>
    </main>
  );
}
