/** What earlier meetings left to be done: on the table from the start, and settled one by one. */

import { useState } from "preact/hooks";
import { number, shortDate } from "../../format/time";
import { language, t } from "../../locales";
import type { FollowUp, SettleCarried } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { AskDialog } from "./asking";
import { useRoom } from "./use-room";

const STATES: readonly SettleCarried["how"][] = ["open", "done", "dropped"];

export function Carried({ call }: { call: Call }) {
  const [meant, mean] = useState<FollowUp | null>(null);
  const carried = useRoom(call, (room) => room.carried);
  const notes = useRoom(call, (room) => room.may.has("note"));
  const text = t.value.gathering;
  if (carried.length === 0) return null;
  const open = carried.filter((each) => each.how === "open").length;
  const count = (value: number) => number(value, language.value);
  return (
    <details class="carried" open={open > 0}>
      <summary>
        {text.carried} <span class="soft">{text.carriedOpen(count(open), count(carried.length))}</span>
      </summary>
      <ul>
        {carried.map((each) => (
          <li key={each.id} class="outcome">
            <p class="outcome-kind">
              <strong>{text.carriedHow[each.how]}</strong>
            </p>
            <p class="outcome-text">{each.text}</p>
            <p class="soft">{about(each)}</p>
            {each.remark && <p>{each.remark}</p>}
            {notes && (
              <button
                type="button"
                class="button button-small"
                aria-label={`${text.carriedShort}: ${each.text}`}
                onClick={() => mean(each)}
              >
                {text.carriedShort}
              </button>
            )}
          </li>
        ))}
      </ul>
      {meant && <Settle call={call} followUp={meant} close={() => mean(null)} />}
    </details>
  );
}

function about(each: FollowUp): string {
  const day = (iso: string) => shortDate(new Date(`${iso}T00:00:00Z`), "UTC", language.value);
  const due = each.due && t.value.leading.due(day(each.due));
  const count = (value: number) => number(value, language.value);
  const done = each.offices > 0 && t.value.gathering.carriedDone(count(each.done), count(each.offices));
  return [done, each.who, due, t.value.gathering.carriedFrom(each.of, day(each.date))]
    .filter(Boolean)
    .join(" · ");
}

function Settle({ call, followUp, close }: { call: Call; followUp: FollowUp; close: () => void }) {
  const text = t.value.gathering;
  return (
    <AskDialog
      call={call}
      title={text.carried}
      submit={t.value.leading.noteSave}
      close={close}
      request={(form) => ({
        type: "settle_carried",
        carried: followUp.id,
        how: String(form.get("how")) as SettleCarried["how"],
        remark: String(form.get("remark") ?? ""),
      })}
    >
      <p>{followUp.text}</p>
      <label class="field">
        <span>{text.carriedState}</span>
        <select name="how">
          {STATES.map((each) => (
            <option key={each} value={each} selected={each === followUp.how}>
              {text.carriedHow[each]}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{text.carriedRemark}</span>
        <input name="remark" maxLength={200} autocomplete="off" defaultValue={followUp.remark} />
      </label>
    </AskDialog>
  );
}
