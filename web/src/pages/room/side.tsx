/** Beside the stage: live captions, or who is here. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../components/icons";
import { meetingClock, number } from "../../format/time";
import { language, t } from "../../locales";
import type { Caption } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { People } from "./people";
import { useRoom } from "./use-room";
import "./side.css";

export type Panel = "captions" | "participants";

interface Props {
  call: Call;
  panel: Panel;
  show: (panel: Panel | null) => void;
}

export function Side({ call, panel, show }: Props) {
  const text = t.value;
  const count = useRoom(call, (room) => room.participants.size);
  const title = panel === "captions" ? text.captions.title : text.room.present(count);
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
      {panel === "captions" ? <Captions call={call} /> : <People call={call} />}
    </aside>
  );
}

function Captions({ call }: { call: Call }) {
  const captions = useRoom(call, (room) => room.captions);
  const list = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const newest = captions.at(-1)?.line;
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
      <Progress call={call} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must take the keyboard */}
      <div class="captions" ref={list} onScroll={scrolled} role="log" aria-label={text.title} tabIndex={0}>
        <ol>
          {captions.map((each, index) => (
            <Said key={each.line} caption={each} before={captions[index - 1]} />
          ))}
          {captions.length === 0 && <li class="empty">{text.empty}</li>}
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
