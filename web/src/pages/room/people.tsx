/** Who is here. Hundreds may be: a row renders again only when something of its own changes. */

import { ConnectionMark } from "../../components/connection-mark";
import { Icon } from "../../components/icons";
import { withPosition } from "../../format/people";
import { t } from "../../locales";
import type { Participant } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { PinButton } from "./pin-button";
import { shownName } from "./tile";
import { useRoom } from "./use-room";

export function People({ call }: { call: Call }) {
  const self = useRoom(call, (room) => room.seat);
  const speaking = useRoom(call, (room) => room.speaking);
  const quality = useRoom(call, (room) => room.quality);
  return (
    <ul class="people">
      {call.roster.value.map((person) => (
        <Person
          key={person.seat}
          call={call}
          person={person}
          own={person.seat === self}
          speaking={speaking.includes(person.seat)}
          quality={quality.get(person.seat)}
        />
      ))}
    </ul>
  );
}

interface Props {
  call: Call;
  person: Participant;
  own: boolean;
  speaking: boolean;
  quality: number | undefined;
}

/** Reads a signal (the language), so that signals keep it as it is while its properties are the same. */
function Person({ call, person, own, speaking, quality }: Props) {
  const text = t.value.room;
  const heard = speaking && person.mic;
  const word = heard ? text.speaking : person.mic ? undefined : text.muted;
  return (
    <li class={person.away ? "person person-away" : "person"}>
      <span class="person-name">
        <strong>{person.shared ? person.office : withPosition(person.name, null)}</strong>
        <small>{about(person, own)}</small>
      </span>
      {!own && <PinButton call={call} seat={person.seat} name={shownName(person)} />}
      <span class="person-state" title={word}>
        {quality !== undefined && <ConnectionMark quality={quality} />}
        {person.screen && <Icon name="screen" />}
        <span class={heard ? "person-speaking" : undefined}>
          <Icon name={person.mic ? "mic" : "mic-off"} />
        </span>
        <Icon name={person.camera ? "camera" : "camera-off"} />
        <span class="visually-hidden">{word}</span>
      </span>
    </li>
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
  const screen = person.screen && text.sharing;
  return [...parts, role, screen, person.away && text.away].filter(Boolean).join(" · ");
}
