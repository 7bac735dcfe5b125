/** One turn of one speaker, as its words only until it comes near. */

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Line } from "../../api/types";
import { Icon } from "../../components/icons";
import { hue, initials } from "../../format/people";
import { meetingClock } from "../../format/time";
import { t } from "../../locales";
import type { Turn } from "../../state/turns";
import { useDesk } from "./desk";
import { LineRow } from "./line-row";

export function TurnBlock({ turn }: { turn: Turn }) {
  const { nearness } = useDesk();
  const element = useRef<HTMLLIElement>(null);
  const [near, setNear] = useState(false);
  useLayoutEffect(() => {
    if (element.current) return nearness.watch(element.current, () => setNear(true));
  }, []);
  const who = turn.speaker ?? t.value.transcript.unassigned;
  return (
    <li class="turn" ref={element}>
      <span class={`turn-avatar avatar-${hue(who, 6)}`} aria-hidden="true">
        {turn.speaker ? initials(who) : "?"}
      </span>
      <div class="turn-body">
        <Head turn={turn} who={who} />
        {turn.lines.map((line) =>
          near ? <LineRow key={line.id} line={line} /> : <FarLine key={line.id} line={line} />,
        )}
      </div>
    </li>
  );
}

function Head({ turn, who }: { turn: Turn; who: string }) {
  const first = turn.lines[0];
  return (
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
        <span class="soft" title={t.value.transcript.byHand}>
          <Icon name="pen" />
        </span>
      )}
      {first && <time class="numbers soft turn-time">{meetingClock(first.start)}</time>}
    </header>
  );
}

/** As high as it will be, so that nothing moves when its buttons come. */
function FarLine({ line }: { line: Line }) {
  return (
    <div class="line" id={`baris-${line.id}`}>
      <span class="line-play" />
      <div class="line-text">{line.text}</div>
      <span class="line-link" />
    </div>
  );
}
