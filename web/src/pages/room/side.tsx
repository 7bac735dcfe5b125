/** Beside the stage: live captions, who is here, or the agenda and its outcomes. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../components/icons";
import { meetingClock, number } from "../../format/time";
import { language, t } from "../../locales";
import type { Caption } from "../../protocol/messages";
import type { Call } from "../../state/call";
import type { Speaking } from "../../state/drafts";
import { officesHere } from "../../state/room";
import { Agenda } from "./agenda";
import { Chat } from "./chat";
import { Floor } from "./floor";
import { Lobby } from "./lobby";
import { People } from "./people";
import { useRoom } from "./use-room";
import "./side.css";

export type Panel = "captions" | "participants" | "agenda" | "chat";

interface Props {
  call: Call;
  panel: Panel;
  show: (panel: Panel | null) => void;
}

export function Side({ call, panel, show }: Props) {
  const text = t.value;
  const count = useRoom(call, (room) => room.participants.size);
  const names = {
    captions: text.captions.title,
    participants: text.room.participants,
    agenda: text.leading.agendaTitle,
    chat: text.chat.title,
  };
  return (
    <aside class="side" aria-label={names[panel]}>
      <header class="side-head">
        <h2>
          {panel === "participants" ? text.room.present(count) : names[panel]}
          {panel === "participants" && <Offices call={call} />}
        </h2>
        <button
          type="button"
          class="button button-quiet button-icon"
          aria-label={text.room.hide}
          title={text.room.hide}
          onClick={() => show(null)}
        >
          <Icon name="close" />
        </button>
      </header>
      {panel === "captions" && <Captions call={call} />}
      {panel === "chat" && <Chat call={call} />}
      {panel === "agenda" && <Agenda call={call} />}
      {panel === "participants" && (
        <>
          <Lobby call={call} />
          <Floor call={call} />
          <People call={call} />
        </>
      )}
    </aside>
  );
}

/** Of the offices that are expected, how many are here. */
function Offices({ call }: { call: Call }) {
  const present = useRoom(call, (room) => officesHere(room));
  const needed = useRoom(call, (room) => room.order.quorum);
  const expected = useRoom(call, (room) => room.meeting?.offices.length ?? 0);
  if (expected === 0) return null;
  const count = (value: number) => number(value, language.value);
  const here = t.value.proceedings.attended(count(present), count(expected));
  const rule = needed > 0 && t.value.gathering.quorumRule(count(needed));
  return <small class="side-offices">{[here, rule].filter(Boolean).join(" · ")}</small>;
}

function Captions({ call }: { call: Call }) {
  const captions = useRoom(call, (room) => room.captions);
  const list = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const drafts = useRoom(call, (room) => room.drafts);
  const newest = captions.at(-1)?.line;
  const down = () => list.current?.scrollTo({ top: list.current.scrollHeight });
  useEffect(() => {
    if (following) down();
  }, [newest, drafts, following]);
  const scrolled = () => {
    const box = list.current;
    if (box) setFollowing(box.scrollHeight - box.scrollTop - box.clientHeight < 48);
  };
  const text = t.value.captions;
  return (
    <>
      <Progress call={call} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must take the keyboard */}
      <div class="captions" ref={list} onScroll={scrolled} role="log" aria-label={text.title} tabIndex={0}>
        <ol>
          {captions.map((each, index) => (
            <Said key={each.line} caption={each} before={captions[index - 1]} />
          ))}
          {captions.length + drafts.size === 0 && <li class="empty">{text.empty}</li>}
        </ol>
        {/* Whoever has it read to them hears a line once, when it stands. */}
        <ol aria-live="off">
          {[...drafts.values()].map((each) => (
            <Drafted key={each.seat} call={call} draft={each} last={captions.at(-1)} />
          ))}
        </ol>
      </div>
      {!following && (
        <button type="button" class="button button-small captions-newest" onClick={() => setFollowing(true)}>
          <Icon name="down" />
          {text.newest}
        </button>
      )}
    </>
  );
}

function Progress({ call }: { call: Call }) {
  const { state, behind } = useRoom(call, (room) => room.transcription);
  const text = t.value.captions;
  const late = () => text.behind(number(Math.round(behind), language.value));
  return (
    <p class="side-note">{state === "behind" ? late() : state === "ready" ? text.machine : text[state]}</p>
  );
}

/** Consecutive lines of one speaker stand under one name. */
function Said({ caption, before }: { caption: Caption; before: Caption | undefined }) {
  const again = before?.seat === caption.seat && before.speaker === caption.speaker;
  return (
    <li class={again ? "said said-again" : "said"}>
      {!again && <Who speaker={caption.speaker} office={caption.office} start={caption.start} />}
      <p class="said-text">{caption.text}</p>
    </li>
  );
}

/** What somebody is saying now; the words that may still change stand back. */
function Drafted({ call, draft, last }: { call: Call; draft: Speaking; last: Caption | undefined }) {
  const who = useRoom(call, (room) => room.participants.get(draft.seat));
  const speaker = !who || who.shared ? t.value.captions.unassigned : who.name;
  const again = last?.seat === draft.seat;
  const settled = draft.words.slice(0, draft.settled).join(" ");
  const open = draft.words.slice(draft.settled).join(" ");
  return (
    <li class={again ? "said said-again" : "said"}>
      {!again && <Who speaker={speaker} office={who?.office ?? ""} start={draft.start} />}
      <p class="said-text">
        {settled} <span class="said-open">{open}</span>
      </p>
    </li>
  );
}

function Who({ speaker, office, start }: { speaker: string; office: string; start: number }) {
  return (
    <p class="said-who">
      <strong>{speaker}</strong> <span>{office}</span>
      <time class="numbers">{meetingClock(start)}</time>
    </p>
  );
}
