/** Who has the floor and how long still: one line above the stage that everybody sees. */

import { useEffect, useState } from "preact/hooks";
import { Icon } from "../../components/icons";
import { meetingClock } from "../../format/time";
import { t } from "../../locales";
import type { Grant, Participant } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { left, type Urgency, urgency } from "../../state/floor";
import { shownName } from "./tile";
import { useRoom } from "./use-room";
import "./granted.css";

export function Granted({ call }: { call: Call }) {
  const grant = useRoom(call, (room) => room.floor.grant);
  const person = useRoom(call, (room) => room.participants.get(grant?.seat ?? ""), grant?.seat);
  return grant && person ? <Speaking call={call} grant={grant} person={person} /> : null;
}

function Speaking({ call, grant, person }: { call: Call; grant: Grant; person: Participant }) {
  const self = useRoom(call, (room) => room.seat);
  const gives = useRoom(call, (room) => room.may.has("give_floor"));
  const seconds = useSeconds(call, grant);
  const text = t.value.leading;
  const own = person.seat === self;
  const name = shownName(person);
  const state = urgency(seconds);
  return (
    <section class={`granted granted-${state}`} aria-label={text.hasFloor}>
      <Icon name={person.mic ? "mic" : "mic-off"} />
      <p class="granted-who">
        <strong>{own ? text.hasFloorYou : name}</strong>
        {grant.speaker && !((gives || own) && person.company.length > 0) && <span>{grant.speaker}</span>}
      </p>
      {(gives || own) && person.company.length > 0 && <Speaker call={call} grant={grant} person={person} />}
      <p class="granted-time numbers">{clock(seconds)}</p>
      <Announce state={state} own={own} />
      {gives && (
        <button
          type="button"
          class="button button-small"
          onClick={() => call.ask({ type: "extend_floor", seconds: 60 })}
        >
          {text.extend}
        </button>
      )}
      {(gives || own) && (
        <button
          type="button"
          class="button button-small"
          aria-label={text.closeOf(name)}
          onClick={() => call.ask({ type: "close_floor" })}
        >
          {text.close}
        </button>
      )}
    </section>
  );
}

/** A delegation hands its microphone on: who of them speaks. */
function Speaker({ call, grant, person }: { call: Call; grant: Grant; person: Participant }) {
  const text = t.value.gathering;
  const names = person.company.map((each) => each.name);
  const all = grant.speaker && !names.includes(grant.speaker) ? [grant.speaker, ...names] : names;
  return (
    <select
      class="granted-speaker"
      aria-label={text.speaker}
      value={grant.speaker}
      onChange={(event) => call.ask({ type: "name_speaker", speaker: event.currentTarget.value })}
    >
      <option value="">{text.speakerNone}</option>
      {all.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}

/** Once when time runs out and once when it is over, to whoever speaks; others see it. */
function Announce({ state, own }: { state: Urgency; own: boolean }) {
  const text = t.value.leading;
  const words = state === "soon" ? text.runsOut : state === "over" ? text.ranOut : "";
  return (
    <p class="visually-hidden" role="status">
      {own ? words : ""}
    </p>
  );
}

/** Seconds left, a beat each second. */
function useSeconds(call: Call, grant: Grant): number {
  const [, beat] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => beat((last) => last + 1), 500);
    return () => clearInterval(timer);
  }, []);
  return left(grant, call.time());
}

function clock(seconds: number): string {
  const text = t.value.leading;
  return seconds > 0
    ? text.left(meetingClock(Math.ceil(seconds), true))
    : text.over(meetingClock(Math.floor(-seconds), true));
}
