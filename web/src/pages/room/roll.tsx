/** Offices called to speak one after another: how far it is, and whose turn comes. */

import { useState } from "preact/hooks";
import { Dialog } from "../../components/dialog";
import { Icon } from "../../components/icons";
import { number } from "../../format/time";
import { language, t } from "../../locales";
import type { Call } from "../../state/call";
import { progress } from "../../state/roll";
import type { RoomState } from "../../state/room";
import { AskDialog } from "./asking";
import { Minutes } from "./give-floor";
import { useRoom } from "./use-room";

export function Round({ call }: { call: Call }) {
  const [detailed, detail] = useState(false);
  const roll = useRoom(call, (room) => room.roll);
  const gives = useRoom(call, (room) => room.may.has("give_floor"));
  const text = t.value.gathering;
  const at = progress(roll);
  if (!at) return null;
  const count = (value: number) => number(value, language.value);
  return (
    <section class="voting" aria-label={text.roll}>
      <Icon name="agenda" />
      <div class="voting-what">
        <p>
          <strong>{text.roll}</strong>
        </p>
        <p class="soft" role="status">
          {[at.now, text.rollProgress(count(at.called), count(at.of))].filter(Boolean).join(" · ")}
        </p>
      </div>
      {gives && (
        <button type="button" class="button button-small" onClick={() => call.ask({ type: "call_next" })}>
          {at.next ? text.rollNext(at.next) : text.rollEnd}
        </button>
      )}
      <button type="button" class="button button-small" onClick={() => detail(true)}>
        {text.rollDetails}
      </button>
      {detailed && <Details call={call} roll={roll} gives={gives} close={() => detail(false)} />}
    </section>
  );
}

interface DetailsProps {
  call: Call;
  roll: RoomState["roll"];
  gives: boolean;
  close: () => void;
}

function Details({ call, roll, gives, close }: DetailsProps) {
  const text = t.value.gathering;
  const end = () => {
    call.ask({ type: "end_roll" });
    close();
  };
  const state = (each: RoomState["roll"]["offices"][number]) => {
    if (each.office_id === roll.called) return text.rollNow;
    if (each.here === null) return text.rollWaits;
    return each.here ? text.rollSpoke : text.rollAbsent;
  };
  return (
    <Dialog title={text.roll} close={close}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must take the keyboard */}
      <ul class="voices" tabIndex={0} aria-label={text.roll}>
        {roll.offices.map((each) => (
          <li key={each.office_id} class={each.office_id === roll.called ? "voice voice-called" : "voice"}>
            <span class="voice-office">{each.office}</span>
            <span class="voice-said soft">{state(each)}</span>
            {gives && each.office_id !== roll.called && (
              <button
                type="button"
                class="button button-quiet button-small"
                aria-label={text.rollAgain(each.office)}
                onClick={() => call.ask({ type: "call_next", office_id: each.office_id })}
              >
                {text.rollCall}
              </button>
            )}
          </li>
        ))}
      </ul>
      {gives && (
        <div class="buttons">
          <button type="button" class="button" onClick={end}>
            {text.rollEnd}
          </button>
        </div>
      )}
    </Dialog>
  );
}

export function BeginRoll({ call, close }: { call: Call; close: () => void }) {
  const text = t.value.gathering;
  return (
    <AskDialog
      call={call}
      title={text.roll}
      submit={text.rollBegin}
      close={close}
      request={(form) => ({ type: "begin_roll", seconds: Number(form.get("minutes")) * 60 })}
    >
      <p>{text.rollHint}</p>
      <Minutes />
    </AskDialog>
  );
}
