/** Who is here. Hundreds may be: a row renders again only when something of its own changes. */

import { useState } from "preact/hooks";
import { ConnectionMark } from "../../components/connection-mark";
import { Icon } from "../../components/icons";
import { withPosition } from "../../format/people";
import { t } from "../../locales";
import type { Participant, Stopped } from "../../protocol/messages";
import type { Call } from "../../state/call";
import type { Power } from "../../state/floor";
import { PersonDialog } from "./person-dialog";
import { PinButton } from "./pin-button";
import { companyOf, shownName } from "./tile";
import { useRoom } from "./use-room";

export function People({ call }: { call: Call }) {
  const self = useRoom(call, (room) => room.seat);
  const speaking = useRoom(call, (room) => room.speaking);
  const quality = useRoom(call, (room) => room.quality);
  const stops = useRoom(call, (room) => room.may.has("stop"));
  const leads = useRoom(call, (room) =>
    ["give_floor", "appoint", "remove"].some((each) => room.may.has(each as Power)),
  );
  const presiding = useRoom(call, (room) => room.order.presiding);
  const [meant, mean] = useState<string | null>(null);
  const person = useRoom(call, (room) => room.participants.get(meant ?? ""), meant);
  return (
    <>
      <ul class="people">
        {call.roster.value.map((person) => (
          <Person
            key={person.seat}
            call={call}
            person={person}
            own={person.seat === self}
            speaking={speaking.includes(person.seat)}
            quality={quality.get(person.seat)}
            presides={person.seat === presiding}
            stops={stops && person.seat !== self}
            mean={leads || (person.shared && person.seat === self) ? mean : null}
          />
        ))}
      </ul>
      {person && <PersonDialog call={call} person={person} close={() => mean(null)} />}
    </>
  );
}

interface Props {
  call: Call;
  person: Participant;
  own: boolean;
  speaking: boolean;
  quality: number | undefined;
  presides: boolean;
  /** What is another's can be switched off from here. */
  stops: boolean;
  /** Opens what else can be done about somebody. */
  mean: ((seat: string) => void) | null;
}

/** Reads a signal (the language), so that signals keep it as it is while its properties are the same. */
function Person({ call, person, own, speaking, quality, presides, stops, mean }: Props) {
  const text = t.value.room;
  const heard = speaking && person.mic;
  const word = heard ? text.speaking : person.mic ? undefined : text.muted;
  return (
    <li class={person.away ? "person person-away" : "person"}>
      <span class="person-name">
        <strong>{person.shared ? person.office : withPosition(person.name, null)}</strong>
        <small>{about(person, own, presides)}</small>
      </span>
      {!own && <PinButton call={call} seat={person.seat} name={shownName(person)} />}
      <span class="person-state" title={word}>
        {quality !== undefined && <ConnectionMark quality={quality} />}
        {person.screen && <Switch call={call} person={person} of="screen" stops={stops} />}
        <span class={heard ? "person-speaking" : undefined}>
          <Switch call={call} person={person} of="mic" stops={stops} />
        </span>
        <Switch call={call} person={person} of="camera" stops={stops} />
        <span class="visually-hidden">{word}</span>
      </span>
      {mean && (
        <button
          type="button"
          class="button button-quiet button-icon"
          aria-label={t.value.leading.more(shownName(person))}
          title={t.value.leading.more(shownName(person))}
          onClick={() => mean(person.seat)}
        >
          <Icon name="more" />
        </button>
      )}
    </li>
  );
}

interface SwitchProps {
  call: Call;
  person: Participant;
  of: Stopped["what"];
  stops: boolean;
}

/** Whether something is on; for who leads, what switches it off. */
function Switch({ call, person, of, stops }: SwitchProps) {
  const on = person[of];
  const icon = <Icon name={of === "screen" || on ? of : `${of}-off`} />;
  if (!on || !stops) return icon;
  const label = t.value.floor.stop[of](shownName(person));
  return (
    <button
      type="button"
      class="button button-quiet person-switch"
      aria-label={label}
      title={label}
      onClick={() => call.ask({ type: "stop", seat: person.seat, what: of })}
    >
      {icon}
    </button>
  );
}

function about(person: Participant, own: boolean, presides: boolean): string {
  const text = t.value.room;
  const parts = [
    own && text.you,
    person.shared ? companyOf(person) : person.position,
    !person.shared && person.office,
  ];
  const role = person.role === "participant" ? null : text.roles[person.role];
  const screen = person.screen && text.sharing;
  return [
    ...parts,
    role,
    presides && person.role !== "chair" && t.value.leading.presiding,
    screen,
    !person.recorded && t.value.leading.unrecorded,
    person.away && text.away,
  ]
    .filter(Boolean)
    .join(" · ");
}
