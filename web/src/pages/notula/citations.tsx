/** What a statement rests on: small chips with the time. One click plays that second, and shows the words beside it. */

import { useComputed } from "@preact/signals";
import type { Line } from "../../api/types";
import { Icon } from "../../components/icons";
import { withPosition } from "../../format/people";
import { meetingClock } from "../../format/time";
import { t } from "../../locales";
import { words } from "../../locales/notula-pages";
import { type Any, citing as cite } from "../../state/notula/content";
import { wordAt } from "../../state/turns";
import { useDesk } from "./desk";

interface Props {
  statement: Any;
  called: string;
  editable: boolean;
}

export function Citations({ statement, called, editable }: Props) {
  const { citing, lines } = useDesk();
  const text = words.value;
  const ready = lines.value !== null;
  return (
    <ul class="cites" aria-label={text.cites}>
      {statement.cites.map((id) => (
        <Chip key={id} id={id} of={statement.id} editable={editable} ready={ready} />
      ))}
      {statement.cites.length === 0 && !editable && <li class="soft">{text.uncited}</li>}
      {editable && (
        <li>
          <button
            type="button"
            class="cite-add"
            id={`kutip-${statement.id}`}
            aria-label={text.citeOf(called)}
            aria-expanded={citing.value === statement.id}
            onClick={() => {
              citing.value = citing.value === statement.id ? null : statement.id;
            }}
          >
            <Icon name="plus" />
            {text.cite}
          </button>
        </li>
      )}
    </ul>
  );
}

function Chip({ id, of, editable, ready }: { id: string; of: string; editable: boolean; ready: boolean }) {
  const { player, playing, byId, manuscript, starts } = useDesk();
  const text = words.value;
  const line = byId.value.get(id);
  const sounding = useComputed(() => {
    const now = player.now.value;
    return playing.value === of && now?.line.id === id && !now.paused;
  }).value;
  if (!line)
    return (
      <li class="cite cite-lost" title={ready ? text.citeLost : undefined}>
        <span>{ready ? "?" : "…"}</span>
        {ready && <span class="visually-hidden">{text.citeLost}</span>}
        {editable && ready && <Drop at="?" drop={drop} />}
      </li>
    );
  const at = meetingClock(line.start, true);
  const play = () => {
    const same = playing.value === of && player.now.value?.line.id === id;
    playing.value = of;
    if (same) player.toggle();
    else player.play(line);
  };
  return (
    <li class={sounding ? "cite cite-sounding" : "cite"}>
      <button
        type="button"
        class="cite-play"
        aria-label={sounding ? text.citePause(at) : text.citePlay(at)}
        onClick={play}
      >
        <Icon name={sounding ? "pause" : "play"} />
        <time class="numbers">{at}</time>
      </button>
      {editable && <Drop at={at} drop={drop} />}
    </li>
  );

  function drop() {
    manuscript.change(cite(manuscript.content.value, of, id, false, starts.value));
  }
}

function Drop({ at, drop }: { at: string; drop: () => void }) {
  return (
    <button type="button" class="cite-drop" aria-label={words.value.citeRemove(at)} onClick={drop}>
      <Icon name="close" />
    </button>
  );
}

/** The words of the citation that was played last, each marked as it sounds. */
export function Quote({ of }: { of: Any }) {
  const { player, playing } = useDesk();
  const now = useComputed(() => {
    const playing_ = player.now.value;
    return playing.value === of.id && playing_ && of.cites.includes(playing_.line.id) ? playing_ : null;
  }).value;
  if (!now) return null;
  const text = words.value;
  const { line } = now;
  return (
    <figure class="cite-quote">
      <blockquote>
        <Spoken line={line} at={now.at} />
      </blockquote>
      <figcaption>
        <span>
          {withPosition(line.speaker ?? t.value.transcript.unassigned, line.position)}{" "}
          <span class="soft">{line.office}</span>
        </span>
        <a href={`/arsip/${line.meeting_id}?baris=${line.id}`}>{text.inTranscript}</a>
      </figcaption>
      {player.failed.value === line.id && (
        <p class="line-failed" role="alert">
          {t.value.transcript.failed}
        </p>
      )}
    </figure>
  );
}

function Spoken({ line, at }: { line: Line; at: number }) {
  const spoken = wordAt(line, at);
  if (line.words.length === 0) return <>{line.text}</>;
  return (
    <>
      {line.words.map((word, index) => (
        <span key={index}>
          <span class={index === spoken ? "word-spoken" : undefined}>{word.text}</span>{" "}
        </span>
      ))}
    </>
  );
}
