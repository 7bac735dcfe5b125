/** The player at the foot of a transcript, once something plays. */

import { useComputed } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../../components/icons";
import { useChords, useKeys } from "../../components/keys";
import { percent } from "../../format/size";
import { meetingClock } from "../../format/time";
import { language, t } from "../../locales";
import { redactions } from "../../state/editing/queue";
import { type Player, SPEEDS } from "../../state/player";
import { lineOf, rowOf, useDesk } from "./desk";
import { type Sound, useSound } from "./use-sound";
import { Waveform } from "./waveform";

const BACK_S = 2;

export function PlayerBar({ meeting }: { meeting: string }) {
  const desk = useDesk();
  const { player } = desk;
  const open = useComputed(() => player.now.value !== null).value;
  const blackened = useComputed(() => redactions(desk.lines())).value;
  const sound = useSound(meeting, desk.api, player, open, blackened);
  const toggle = () => {
    if (player.now.peek()) player.toggle();
    else {
      const line = lineOf(desk, desk.cursor.peek()) ?? desk.lines()[0];
      if (line) player.play(line);
    }
    return true;
  };
  useChords({
    f4: toggle,
    "ctrl+space": toggle,
    f2: () => {
      player.back(BACK_S);
      return true;
    },
  });
  useKeys({
    l: () => {
      player.loop.value = !player.loop.peek();
    },
    "-": () => player.change(-1),
    "+": () => player.change(1),
    "=": () => player.change(1),
  });
  return open ? <Bar player={player} sound={sound} /> : null;
}

function Bar({ player, sound }: { player: Player; sound: Sound }) {
  const text = t.value;
  const paused = useComputed(() => player.now.value?.paused ?? true).value;
  return (
    <section class="player card" aria-label={text.transcript.player}>
      {sound.wave && <Waveform wave={sound.wave} player={player} />}
      {sound.wave && <Position player={player} seconds={sound.wave.seconds} />}
      {sound.share !== null && (
        <p class="player-making soft numbers">{text.editing.mixing(percent(sound.share, language.value))}</p>
      )}
      <div class="player-row">
        <Press icon="previous" label={text.transcript.previous} press={() => player.skip(-1)} />
        <Press icon="back-2" label={text.editing.back2} hotkey="F2" press={() => player.back(BACK_S)} />
        <button
          type="button"
          class="button button-main button-icon"
          aria-label={paused ? text.transcript.resume : text.transcript.pause}
          aria-keyshortcuts="F4"
          title={`${paused ? text.transcript.resume : text.transcript.pause} (F4)`}
          onClick={() => player.toggle()}
        >
          <Icon name={paused ? "play" : "pause"} />
        </button>
        <Press icon="next" label={text.transcript.next} press={() => player.skip(1)} />
        <Now player={player} />
        <Follow />
        {player.whole.value && (
          <span class="player-own">
            <Press
              icon="mic"
              label={text.editing.own}
              on={player.own.value}
              press={() => player.only(!player.own.peek())}
            />
          </span>
        )}
        <Press
          icon="loop"
          label={text.editing.loop}
          hotkey="L"
          on={player.loop.value}
          press={() => {
            player.loop.value = !player.loop.peek();
          }}
        />
        <Speed player={player} />
        <Press icon="close" label={text.transcript.stop} press={() => player.stop()} />
      </div>
    </section>
  );
}

interface PressProps {
  icon: IconName;
  label: string;
  hotkey?: string;
  /** Of what stays pressed. */
  on?: boolean;
  press: () => void;
}

function Press({ icon, label, hotkey, on, press }: PressProps) {
  return (
    <button
      type="button"
      class="button button-quiet button-icon"
      aria-label={label}
      aria-pressed={on}
      aria-keyshortcuts={hotkey}
      title={hotkey ? `${label} (${hotkey})` : label}
      onClick={press}
    >
      <Icon name={icon} />
    </button>
  );
}

function Now({ player }: { player: Player }) {
  const who = useComputed(() => player.now.value?.line.speaker).value;
  const clock = useComputed(() => meetingClock(player.now.value?.at ?? 0)).value;
  return (
    <p class="player-now">
      <strong>{who ?? t.value.transcript.unassigned}</strong>
      <span class="numbers soft">{clock}</span>
    </p>
  );
}

/** Back to the line that is heard, and along with it. */
function Follow(): ComponentChildren {
  const { review, player } = useDesk();
  if (review.following.value) return null;
  return (
    <button
      type="button"
      class="button button-small player-follow"
      onClick={() => {
        review.following.value = true;
        const now = player.now.peek();
        if (now) rowOf(now.line.id)?.scrollIntoView({ block: "center" });
      }}
    >
      {t.value.editing.follow}
    </button>
  );
}

/** The browser's own slider: arrows go on by seconds, pages by more. */
function Position({ player, seconds }: { player: Player; seconds: number }) {
  const at = useComputed(() => Math.round(player.now.value?.at ?? 0)).value;
  return (
    <input
      type="range"
      class="player-position"
      min={0}
      max={Math.ceil(seconds)}
      step={1}
      value={at}
      aria-label={t.value.editing.position}
      aria-valuetext={meetingClock(at)}
      onInput={(event) => player.seek(Number(event.currentTarget.value))}
    />
  );
}

function Speed({ player }: { player: Player }) {
  return (
    <select
      class="player-speed"
      aria-label={t.value.transcript.speed}
      value={player.speed.value}
      onChange={(event) => player.set(Number(event.currentTarget.value))}
    >
      {SPEEDS.map((speed) => (
        <option key={speed} value={speed}>
          {String(speed).replace(".", ",")}×
        </option>
      ))}
    </select>
  );
}
