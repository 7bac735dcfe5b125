/** One turn of one speaker: its lines can be played, and the word being spoken is marked. */

import { useComputed } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Line } from "../../api/types";
import { CopyButton } from "../../components/copy";
import { Icon } from "../../components/icons";
import { hue, initials } from "../../format/people";
import { meetingClock } from "../../format/time";
import { t } from "../../locales";
import type { Player } from "../../state/player";
import type { Reviewing } from "../../state/reviewing";
import { type Turn, wordAt } from "../../state/turns";
import { Words } from "./words";

interface Props {
  turn: Turn;
  player: Player;
  review: Reviewing;
  linked: string | null;
  /** Null: this person may not name speakers. */
  name: ((line: Line) => void) | null;
}

export function TurnBlock({ turn, player, review, linked, name }: Props) {
  const first = turn.lines[0];
  const text = t.value.transcript;
  const who = turn.speaker ?? text.unassigned;
  return (
    <li class="turn">
      <span class={`turn-avatar avatar-${hue(who, 6)}`} aria-hidden="true">
        {turn.speaker ? initials(who) : "?"}
      </span>
      <div class="turn-body">
        <header class="turn-head">
          <strong class={turn.speaker ? undefined : "turn-unassigned"}>{who}</strong>
          {turn.position && <span class="soft">{turn.position}</span>}
          <span class="badge">{turn.office}</span>
          {first?.known_by === "given_floor" && (
            <span class="soft" title={t.value.gathering.byFloor}>
              <Icon name="gavel" />
              <span class="visually-hidden">{t.value.gathering.byFloor}</span>
            </span>
          )}
          {first?.known_by === "named_by_hand" && (
            <span class="soft" title={text.byHand}>
              <Icon name="pen" />
            </span>
          )}
          {first && <time class="numbers soft turn-time">{meetingClock(first.start)}</time>}
        </header>
        {turn.lines.map((line) => (
          <LineRow
            key={line.id}
            line={line}
            player={player}
            review={review}
            linked={line.id === linked}
            name={name}
          />
        ))}
      </div>
    </li>
  );
}

function LineRow({
  line,
  player,
  review,
  linked,
  name,
}: Omit<Props, "turn" | "linked"> & { line: Line; linked: boolean }) {
  const row = useRef<HTMLDivElement>(null);
  // Only the line that plays is drawn again with every word.
  const now = useComputed(() => (player.now.value?.line.id === line.id ? player.now.value : null)).value;
  const current = now !== null;
  const playing = current && !now.paused;
  const text = t.value.transcript;
  useEffect(() => {
    if (playing) row.current?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }, [playing]);
  const spoken = current ? wordAt(line, now.at) : -1;
  const classes = ["line", current && "line-current", linked && "line-linked"].filter(Boolean).join(" ");
  return (
    <div class={classes} id={`baris-${line.id}`} ref={row} aria-current={current ? "true" : undefined}>
      <button
        type="button"
        class="button button-quiet button-icon line-play"
        aria-label={`${playing ? text.pause : text.play} ${meetingClock(line.start)}`}
        onClick={() => (current ? player.toggle() : player.play(line))}
      >
        <Icon name={playing ? "pause" : "play"} />
      </button>
      <div class="line-text">
        <Words line={line} spoken={spoken} player={player} review={review} />
        {player.failed.value === line.id && (
          <span class="line-failed" role="alert">
            {text.failed}
          </span>
        )}
      </div>
      <span class="line-link">
        <CopyButton
          quiet
          label={text.copyLink}
          text={`${location.origin}/arsip/${line.meeting_id}?baris=${line.id}`}
        />
      </span>
      {name && line.known_by !== "sole_occupant" && (
        <button type="button" class="button button-small line-name" onClick={() => name(line)}>
          {line.speaker === null ? text.setSpeaker : text.changeSpeaker}
        </button>
      )}
    </div>
  );
}
