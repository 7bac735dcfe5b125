/** Beside the stage: live captions, or who is here. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../components/icons";
import { tileName, withPosition } from "../../format/people";
import { meetingClock, number } from "../../format/time";
import { language, t } from "../../locales";
import type { Caption, Participant } from "../../protocol/messages";
import type { Call } from "../../state/call";

export type Panel = "captions" | "participants";

interface Props {
  call: Call;
  panel: Panel;
  show: (panel: Panel | null) => void;
}

export function Side({ call, panel, show }: Props) {
  const text = t.value;
  const title =
    panel === "captions" ? text.captions.title : text.room.present(call.room.value.participants.size);
  return (
    <aside class="side" aria-label={panel === "captions" ? text.captions.title : text.room.participants}>
      <header class="side-head">
        <h2>{title}</h2>
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
      {panel === "captions" ? <Captions call={call} /> : <Participants call={call} />}
    </aside>
  );
}

function Captions({ call }: { call: Call }) {
  const room = call.room.value;
  const list = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const newest = room.captions.at(-1)?.line;
  const down = () => list.current?.scrollTo({ top: list.current.scrollHeight });
  useEffect(() => {
    if (following) down();
  }, [newest, following]);
  const scrolled = () => {
    const box = list.current;
    if (box) setFollowing(box.scrollHeight - box.scrollTop - box.clientHeight < 48);
  };
  const text = t.value.captions;
  return (
    <>
      <p class="side-note">{state(call)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must take the keyboard */}
      <div class="captions" ref={list} onScroll={scrolled} role="log" aria-label={text.title} tabIndex={0}>
        <ol>
          {room.captions.map((each, index) => (
            <Said key={each.line} caption={each} before={room.captions[index - 1]} />
          ))}
          {room.captions.length === 0 && <li class="empty">{text.empty}</li>}
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

function state(call: Call): string {
  const text = t.value.captions;
  const { state, behind } = call.room.value.transcription;
  if (state === "behind") return text.behind(number(Math.round(behind), language.value));
  return state === "ready" ? text.machine : text[state];
}

/** Consecutive lines of one speaker stand under one name. */
function Said({ caption, before }: { caption: Caption; before: Caption | undefined }) {
  const again = before?.seat === caption.seat && before.speaker === caption.speaker;
  return (
    <li class={again ? "said said-again" : "said"}>
      {!again && (
        <p class="said-who">
          <strong>{caption.speaker}</strong> <span>{caption.office}</span>
          <time class="numbers">{meetingClock(caption.start)}</time>
        </p>
      )}
      <p class="said-text">{caption.text}</p>
    </li>
  );
}

function Participants({ call }: { call: Call }) {
  const room = call.room.value;
  const people = [...room.participants.values()].sort(byOffice);
  return (
    <ul class="people">
      {people.map((person) => (
        <li key={person.seat} class={person.away ? "person person-away" : "person"}>
          <span class="person-name">
            <strong>{person.shared ? person.office : withPosition(person.name, null)}</strong>
            <small>{about(person, person.seat === room.seat)}</small>
          </span>
          {room.speaking.includes(person.seat) && (
            <span class="badge badge-live">{t.value.room.speaking}</span>
          )}
          <span class="person-state" title={person.mic ? undefined : t.value.room.muted}>
            <Icon name={person.mic ? "mic" : "mic-off"} />
            <Icon name={person.camera ? "camera" : "camera-off"} />
            <span class="visually-hidden">{person.mic ? "" : t.value.room.muted}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function about(person: Participant, own: boolean): string {
  const text = t.value.room;
  const parts = [
    own && text.you,
    person.shared ? text.shared : person.position,
    !person.shared && person.office,
  ];
  const role = person.role === "participant" ? null : text.roles[person.role];
  return [...parts, role, person.away && text.away].filter(Boolean).join(" · ");
}

function byOffice(a: Participant, b: Participant): number {
  const rank = (each: Participant) => (each.role === "chair" ? 0 : each.role === "secretariat" ? 1 : 2);
  return rank(a) - rank(b) || tileName(a).localeCompare(tileName(b), "id");
}
