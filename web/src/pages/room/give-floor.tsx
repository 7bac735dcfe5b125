/** Give somebody the floor: for how long, and who of a delegation speaks. */

import { number } from "../../format/time";
import { language, t } from "../../locales";
import type { Participant } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { AskDialog } from "./asking";
import { shownName } from "./tile";

const MINUTES = [0.5, 1, 2, 3, 5, 10, 15];
const USUAL = 3;

interface Props {
  call: Call;
  person: Participant;
  close: () => void;
}

export function GiveFloor({ call, person, close }: Props) {
  const text = t.value.leading;
  return (
    <AskDialog
      call={call}
      title={text.giveTo(shownName(person))}
      submit={text.giveFloor}
      close={close}
      request={(form) => ({
        type: "give_floor",
        seat: person.seat,
        seconds: Number(form.get("minutes")) * 60,
        speaker: String(form.get("speaker") ?? ""),
      })}
    >
      <Minutes />
      {person.shared && (
        <label class="field">
          <span>{text.speaker}</span>
          <input
            name="speaker"
            maxLength={200}
            autocomplete="off"
            list={`company-${person.seat}`}
            defaultValue={person.company.length === 1 ? person.company[0]?.name : ""}
          />
          <datalist id={`company-${person.seat}`}>
            {person.company.map((each) => (
              <option key={each.name} value={each.name} />
            ))}
          </datalist>
          <small>{text.speakerHint}</small>
        </label>
      )}
    </AskDialog>
  );
}

/** How long somebody may speak. */
export function Minutes() {
  const text = t.value.leading;
  const words = (minutes: number) =>
    minutes < 1 ? text.secondsOf(String(minutes * 60)) : text.minutesOf(number(minutes, language.value));
  return (
    <label class="field">
      <span>{text.minutes}</span>
      <select name="minutes">
        {MINUTES.map((minutes) => (
          <option key={minutes} value={minutes} selected={minutes === USUAL}>
            {words(minutes)}
          </option>
        ))}
      </select>
    </label>
  );
}
