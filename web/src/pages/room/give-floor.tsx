/** Give somebody the floor: for how long, and who of a delegation speaks. */

import { number } from "../../format/time";
import { language, t } from "../../locales";
import type { Participant } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { AskDialog } from "./asking";
import { shownName } from "./tile";

export const MINUTES = [1, 2, 3, 5, 10, 15];
export const USUAL = 3;

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
      <label class="field">
        <span>{text.minutes}</span>
        <select name="minutes" defaultValue={String(USUAL)}>
          {MINUTES.map((minutes) => (
            <option key={minutes} value={minutes} selected={minutes === USUAL}>
              {text.minutesOf(number(minutes, language.value))}
            </option>
          ))}
        </select>
      </label>
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
