/** The player at the foot of a transcript, once something plays. */

import { Icon } from "../../components/icons";
import { meetingClock } from "../../format/time";
import { t } from "../../locales";
import type { Player } from "../../state/player";

export function PlayerBar({ player }: { player: Player }) {
  const now = player.now.value;
  if (!now) return null;
  const text = t.value.transcript;
  const speed = String(player.speed.value).replace(".", ",");
  return (
    <section class="player card" aria-label={text.player}>
      <button
        type="button"
        class="button button-quiet button-icon"
        aria-label={text.previous}
        onClick={() => player.skip(-1)}
      >
        <Icon name="previous" />
      </button>
      <button
        type="button"
        class="button button-main button-icon"
        aria-label={now.paused ? text.resume : text.pause}
        onClick={() => player.toggle()}
      >
        <Icon name={now.paused ? "play" : "pause"} />
      </button>
      <button
        type="button"
        class="button button-quiet button-icon"
        aria-label={text.next}
        onClick={() => player.skip(1)}
      >
        <Icon name="next" />
      </button>
      <p class="player-now">
        <strong>{now.line.speaker ?? text.unassigned}</strong>
        <span class="numbers soft">{meetingClock(now.at)}</span>
      </p>
      <button
        type="button"
        class="button button-small"
        aria-label={`${text.speed} ${speed}×`}
        onClick={() => player.faster()}
      >
        {speed}×
      </button>
      <button
        type="button"
        class="button button-quiet button-icon"
        aria-label={text.stop}
        onClick={() => player.close()}
      >
        <Icon name="close" />
      </button>
    </section>
  );
}
