/** Who waits outside: said to those who may let them in, and listed above the people who are here. */

import { Icon } from "../../components/icons";
import { number } from "../../format/time";
import { language, t } from "../../locales";
import type { Waiter } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { useRoom } from "./use-room";
import "./lobby.css";

const NOBODY = { waiting: 0, people: [] } as const;

/** One line above the stage, wherever who leads looks. */
export function Knocking({ call, look }: { call: Call; look: () => void }) {
  const { waiting, people } = useRoom(call, (room) => (room.may.has("admit") ? room.door : NOBODY));
  const [first] = people;
  const text = t.value.gathering;
  const one = waiting === 1 ? first : undefined;
  const said = one ? text.knocks(one.name, one.office) : text.knock(number(waiting, language.value));
  return (
    <div class="banner" role="status">
      {first && (
        <div class="notice knocking">
          <Icon name="people" />
          <span>{said}</span>
          {one ? (
            <Decide call={call} waiter={one} />
          ) : (
            <>
              <AdmitAll call={call} />
              <button type="button" class="button button-small" onClick={look}>
                {text.look}
              </button>
            </>
          )}
        </div>
      )}
    </div>
  );
}

export function Lobby({ call }: { call: Call }) {
  const { waiting, people } = useRoom(call, (room) => (room.may.has("admit") ? room.door : NOBODY));
  const title = t.value.gathering.lobby(waiting);
  if (waiting === 0) return null;
  return (
    <section class="floor-hands lobby" aria-label={title}>
      <header>
        <h3>{title}</h3>
        {waiting > 1 && <AdmitAll call={call} />}
      </header>
      <ul>
        {people.map((each) => (
          <li key={each.person}>
            <span class="floor-name">
              {each.name}
              <small>{[each.position, each.office].filter(Boolean).join(" · ")}</small>
            </span>
            <Decide call={call} waiter={each} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function AdmitAll({ call }: { call: Call }) {
  return (
    <button
      type="button"
      class="button button-small"
      onClick={() => call.ask({ type: "admit", person: null })}
    >
      {t.value.gathering.admitAll}
    </button>
  );
}

function Decide({ call, waiter }: { call: Call; waiter: Waiter }) {
  const text = t.value.gathering;
  return (
    <span class="lobby-decide">
      <button
        type="button"
        class="button button-small"
        aria-label={text.admitOf(waiter.name)}
        onClick={() => call.ask({ type: "admit", person: waiter.person })}
      >
        {text.admit}
      </button>
      <button
        type="button"
        class="button button-quiet button-small"
        aria-label={text.refuseOf(waiter.name)}
        onClick={() => call.ask({ type: "turn_away", person: waiter.person })}
      >
        {text.refuse}
      </button>
    </span>
  );
}
