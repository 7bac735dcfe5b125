/** One line: it can be played, and the word being spoken is marked; who may, opens its text in its place. */

import { useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Line } from "../../api/types";
import { CopyButton } from "../../components/copy";
import { Icon } from "../../components/icons";
import { meetingClock } from "../../format/time";
import { t } from "../../locales";
import { editorsOf } from "../../state/editing/presence";
import { wordAt } from "../../state/turns";
import { edit, useDesk } from "./desk";
import { LineEditor } from "./line-editor";
import { Words } from "./words";

export function LineRow({ line }: { line: Line }) {
  const desk = useDesk();
  const { player, editing } = desk;
  const row = useRef<HTMLDivElement>(null);
  // Only the line that plays is drawn again with every word.
  const now = useComputed(() => (player.now.value?.line.id === line.id ? player.now.value : null)).value;
  const open = useComputed(() => editing?.open.value?.line === line.id).value;
  const spoken = useComputed(() =>
    player.now.value?.line.id === line.id ? wordAt(line, player.now.value.at) : -1,
  ).value;
  const playing = now !== null && !now.paused;
  const text = t.value;
  const clock = meetingClock(line.start);
  useEffect(() => {
    if (playing) desk.review.show(row.current, editing?.open.peek() == null);
  }, [playing]);
  const classes = [
    "line",
    now && "line-current",
    line.id === desk.linked && "line-linked",
    open && "line-open",
  ];
  return (
    // biome-ignore lint/a11y/useSemanticElements: no field set, but what belongs together and takes the keyboard
    <div
      class={classes.filter(Boolean).join(" ")}
      id={`baris-${line.id}`}
      ref={row}
      role="group"
      tabIndex={-1}
      aria-label={text.editing.line(clock, line.speaker ?? text.transcript.unassigned)}
      aria-current={now ? "true" : undefined}
    >
      <button
        type="button"
        class="button button-quiet button-icon line-play"
        aria-label={`${playing ? text.transcript.pause : text.transcript.play} ${clock}`}
        onClick={() => (now ? player.toggle() : player.play(line))}
      >
        <Icon name={playing ? "pause" : "play"} />
      </button>
      {open ? (
        <LineEditor line={line} />
      ) : (
        <div class="line-text">
          <Words line={line} spoken={spoken} />
          <Signs line={line} />
        </div>
      )}
      {!open && <Tools line={line} clock={clock} />}
    </div>
  );
}

function Tools({ line, clock }: { line: Line; clock: string }) {
  const desk = useDesk();
  const text = t.value;
  const named = desk.names && line.known_by !== "sole_occupant";
  return (
    <>
      <span class="line-link">
        <CopyButton
          quiet
          label={text.transcript.copyLink}
          text={`${location.origin}/arsip/${line.meeting_id}?baris=${line.id}`}
        />
        {desk.editing && (
          <button
            type="button"
            class="button button-quiet button-icon line-pen"
            aria-label={text.editing.edit(clock)}
            title={text.editing.edit(clock)}
            onClick={() => edit(desk, line)}
          >
            <Icon name="pen" />
          </button>
        )}
      </span>
      {named && (
        <button
          type="button"
          class="button button-small line-name"
          onClick={() => {
            desk.asking.value = { what: "speaker", line };
          }}
        >
          {line.speaker === null ? text.transcript.setSpeaker : text.transcript.changeSpeaker}
        </button>
      )}
    </>
  );
}

/** What is to be known about a line beside its words. */
function Signs({ line }: { line: Line }) {
  const { player, editing, others } = useDesk();
  const text = t.value;
  const editor = useComputed(() => editorsOf(others.value, line.id)[0]?.name ?? null).value;
  const waits = useComputed(
    () =>
      editing !== null &&
      editing.held.value !== null &&
      editing.box.value.waiting.some(({ edit: each }) => "line" in each && each.line === line.id),
  ).value;
  const failed = useComputed(() => player.failed.value === line.id).value;
  return (
    <>
      {editor && (
        <span class="badge badge-editor">
          <Icon name="pen" />
          {text.editing.editedBy(editor)}
        </span>
      )}
      {waits && <span class="badge badge-warn">{text.editing.waits}</span>}
      {failed && (
        <span class="line-failed" role="alert">
          {text.transcript.failed}
        </span>
      )}
    </>
  );
}
