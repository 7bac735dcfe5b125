/** Above the list of people: who asks to speak, in order, and whether microphones are locked. */

import { useState } from "preact/hooks";
import { Icon } from "../../components/icons";
import { withPosition } from "../../format/people";
import { t } from "../../locales";
import type { Participant } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { asking } from "../../state/floor";
import { GiveFloor } from "./give-floor";
import { companyOf, shownName } from "./tile";
import { useRoom } from "./use-room";
import "./floor.css";

export function Floor({ call }: { call: Call }) {
  return (
    <>
      <Locked call={call} />
      <Hands call={call} />
      <Interrupt call={call} />
    </>
  );
}

function Locked({ call }: { call: Call }) {
  const locked = useRoom(call, (room) => room.floor.micsLocked);
  const locks = useRoom(call, (room) => room.may.has("lock_mics"));
  const text = t.value.floor;
  if (!locked) return null;
  return (
    <div class="floor-mics">
      <p class="floor-locked">
        <Icon name="lock" />
        <span>
          <strong>{text.locked}.</strong> {text.lockedHint}
        </span>
      </p>
      {locks && (
        <button
          type="button"
          class="button button-small"
          onClick={() => call.ask({ type: "lock_mics", on: false })}
        >
          {text.unlock}
        </button>
      )}
    </div>
  );
}

function Hands({ call }: { call: Call }) {
  const [given, give] = useState<Participant | null>(null);
  const floor = useRoom(call, (room) => room.floor);
  const participants = useRoom(call, (room) => room.participants);
  const orders = useRoom(call, (room) => room.may.has("order_hands"));
  const hands = asking(floor, participants);
  const text = t.value.floor;
  return (
    <>
      {hands.length > 0 && (
        <section class="floor-hands" aria-label={text.title(hands.length)}>
          <header>
            <h3>{text.title(hands.length)}</h3>
            {orders && hands.length > 1 && (
              <button
                type="button"
                class="button button-quiet button-small"
                onClick={() => call.ask({ type: "lower_hand", seat: null })}
              >
                {text.lowerAll}
              </button>
            )}
          </header>
          <ol>
            {hands.map(({ person, interrupts }) => (
              <Hand key={person.seat} call={call} person={person} interrupts={interrupts} give={give} />
            ))}
          </ol>
        </section>
      )}
      {given && <GiveFloor call={call} person={given} close={() => give(null)} />}
    </>
  );
}

/** Stands before all who ask to speak, so it is not the button that everybody presses. */
function Interrupt({ call }: { call: Call }) {
  const raises = useRoom(call, (room) => room.may.has("raise_hand") && !room.may.has("give_floor"));
  const asked = useRoom(call, (room) =>
    room.floor.hands.some((hand) => hand.seat === room.seat && hand.request === "interrupt"),
  );
  if (!raises || asked) return null;
  return (
    <button
      type="button"
      class="button button-small floor-interrupt"
      aria-keyshortcuts="I"
      onClick={() => call.ask({ type: "raise_hand", request: "interrupt" })}
    >
      {t.value.leading.interruptAsk}
    </button>
  );
}

interface HandProps {
  call: Call;
  person: Participant;
  interrupts: boolean;
  give: (person: Participant) => void;
}

function Hand({ call, person, interrupts, give }: HandProps) {
  const self = useRoom(call, (room) => room.seat);
  const orders = useRoom(call, (room) => room.may.has("order_hands"));
  const gives = useRoom(call, (room) => room.may.has("give_floor"));
  const text = t.value;
  const name = shownName(person);
  return (
    <li>
      <span class="floor-name">
        {person.shared ? person.office : withPosition(person.name, null)}
        {interrupts && <span class="badge badge-warn">{text.leading.interrupt}</span>}
        <small>{person.shared ? companyOf(person) : person.office}</small>
      </span>
      {gives && (
        <button
          type="button"
          class="button button-small"
          aria-label={text.leading.giveTo(name)}
          onClick={() => give(person)}
        >
          {text.leading.giveShort}
        </button>
      )}
      {(orders || person.seat === self) && (
        <button
          type="button"
          class="button button-quiet button-icon"
          aria-label={text.floor.lowerOf(name)}
          title={text.floor.lowerOf(name)}
          onClick={() => call.ask({ type: "lower_hand", seat: person.seat })}
        >
          <Icon name="close" />
        </button>
      )}
    </li>
  );
}

/** Says to who leads that a hand has gone up, wherever they look. */
export function HandsHeard({ call }: { call: Call }) {
  const orders = useRoom(call, (room) => room.may.has("order_hands"));
  const last = useRoom(call, (room) => room.floor.hands.at(-1)?.seat);
  const count = useRoom(call, (room) => room.floor.hands.length);
  const person = useRoom(call, (room) => (last ? room.participants.get(last) : undefined));
  return (
    <p class="visually-hidden" role="status">
      {orders && person ? t.value.floor.raisedBy(shownName(person), count) : ""}
    </p>
  );
}
