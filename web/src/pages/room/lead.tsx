/** What whoever leads does with the meeting as a whole: skors, off the record, microphones, the door, its end. */

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { Dialog } from "../../components/dialog";
import { t } from "../../locales";
import type { Call } from "../../state/call";
import type { Power } from "../../state/floor";
import { WAITS, type Waits } from "../../state/lobby";
import { AskDialog } from "./asking";
import { BeginRoll } from "./roll";
import { useRoom } from "./use-room";
import "./lead.css";

/** Any of these makes the dialog worth opening. */
const LEADS: readonly Power[] = [
  "suspend",
  "pause_record",
  "lock_mics",
  "lock_room",
  "admit",
  "give_floor",
  "end",
];

export function leads(may: ReadonlySet<Power>): boolean {
  return LEADS.some((power) => may.has(power));
}

type Step = "pause" | "mics" | "roll" | "end";

export function Lead({ call, close }: { call: Call; close: () => void }) {
  const [step, go] = useState<Step | null>(null);
  if (step === "pause") return <Pause call={call} close={close} />;
  if (step === "mics") return <StopAll call={call} close={close} />;
  if (step === "roll") return <BeginRoll call={call} close={close} />;
  if (step === "end") return <EndForAll call={call} close={close} />;
  return (
    <Dialog title={t.value.leading.lead} close={close} wide>
      <Sitting call={call} go={go} />
      <Door call={call} go={go} />
      <Outside call={call} />
    </Dialog>
  );
}

function Sitting({ call, go }: { call: Call; go: (step: Step) => void }) {
  const may = useRoom(call, (room) => room.may);
  const order = useRoom(call, (room) => room.order);
  const calling = useRoom(call, (room) => room.roll.offices.length > 0);
  const text = t.value.leading;
  const suspended = order.suspended !== null;
  return (
    <Group title={text.meeting}>
      {may.has("suspend") && (
        <Action hint={suspended ? text.suspendedHint : text.suspendHint}>
          <button type="button" class="button" onClick={() => call.ask({ type: "suspend", on: !suspended })}>
            {suspended ? text.resume : text.suspend}
          </button>
        </Action>
      )}
      {may.has("pause_record") && !suspended && (
        <Action hint={order.pause ? text.pausedHint(order.pause.why) : null}>
          {order.pause ? (
            <button
              type="button"
              class="button"
              onClick={() => call.ask({ type: "pause_record", on: false, why: "" })}
            >
              {text.unpause}
            </button>
          ) : (
            <button type="button" class="button" onClick={() => go("pause")}>
              {text.pause}
            </button>
          )}
        </Action>
      )}
      {may.has("give_floor") && !suspended && !calling && (
        <Action hint={t.value.gathering.rollHint}>
          <button type="button" class="button" onClick={() => go("roll")}>
            {t.value.gathering.rollBegin}
          </button>
        </Action>
      )}
      {may.has("end") && (
        <Action hint={null}>
          <button type="button" class="button" onClick={() => go("end")}>
            {t.value.room.end}
          </button>
        </Action>
      )}
    </Group>
  );
}

function Door({ call, go }: { call: Call; go: (step: Step) => void }) {
  const may = useRoom(call, (room) => room.may);
  const locked = useRoom(call, (room) => room.order.locked);
  const silent = useRoom(call, (room) => room.floor.micsLocked);
  const text = t.value;
  return (
    <Group title={text.leading.door}>
      {may.has("lock_mics") && (
        <Action hint={silent ? text.floor.lockedHint : null}>
          <button type="button" class="button" onClick={() => go("mics")}>
            {text.floor.stopAll}
          </button>
          {silent && (
            <button type="button" class="button" onClick={() => call.ask({ type: "lock_mics", on: false })}>
              {text.floor.unlock}
            </button>
          )}
        </Action>
      )}
      {may.has("admit") && <Lobby call={call} />}
      {may.has("lock_room") && (
        <Action hint={text.leading.lockHint}>
          <button type="button" class="button" onClick={() => call.ask({ type: "lock_room", on: !locked })}>
            {locked ? text.leading.unlock : text.leading.lock}
          </button>
        </Action>
      )}
    </Group>
  );
}

function Lobby({ call }: { call: Call }) {
  const waits = useRoom(call, (room) => room.order.waits);
  const text = t.value.gathering;
  return (
    <Action hint={text.waitsHint}>
      <label class="field lead-waits">
        <span>{text.waits}</span>
        <select
          value={waits}
          onChange={(event) => call.ask({ type: "set_door", waits: event.currentTarget.value as Waits })}
        >
          {WAITS.map((each) => (
            <option key={each} value={each}>
              {text.waitsOf[each]}
            </option>
          ))}
        </select>
      </label>
    </Action>
  );
}

function Outside({ call }: { call: Call }) {
  const outside = useRoom(call, (room) => room.outside);
  const removes = useRoom(call, (room) => room.may.has("remove"));
  const text = t.value.leading;
  if (!removes || outside.length === 0) return null;
  return (
    <Group title={text.outside}>
      <ul class="lead-outside">
        {outside.map(({ person, name }) => (
          <li key={person}>
            <span>{name}</span>
            <button
              type="button"
              class="button button-small"
              aria-label={text.letBack(name)}
              onClick={() => call.ask({ type: "pardon", person })}
            >
              {text.letBackShort}
            </button>
          </li>
        ))}
      </ul>
    </Group>
  );
}

function Pause({ call, close }: { call: Call; close: () => void }) {
  const text = t.value.leading;
  return (
    <AskDialog
      call={call}
      title={text.pause}
      submit={text.pause}
      close={close}
      request={(form) => ({ type: "pause_record", on: true, why: String(form.get("why")) })}
    >
      <label class="field">
        <span>{text.pauseWhy}</span>
        <input name="why" required maxLength={200} placeholder={text.pauseWhyExample} autocomplete="off" />
        <small>{text.pauseWhyHint}</small>
      </label>
    </AskDialog>
  );
}

/** Locked first: nobody is back between the two. */
function StopAll({ call, close }: { call: Call; close: () => void }) {
  const text = t.value.floor;
  return (
    <AskDialog
      call={call}
      title={text.stopAllTitle}
      submit={text.stopAllConfirm}
      close={close}
      request={(form) => [
        { type: "lock_mics", on: form.get("free") !== "on" },
        { type: "stop", seat: null, what: "mic" },
      ]}
    >
      <p>{text.stopAllDetail}</p>
      <label class="check">
        <input type="checkbox" name="free" defaultChecked />
        <span>{text.mayTurnOn}</span>
      </label>
    </AskDialog>
  );
}

export function EndForAll({ call, close }: { call: Call; close: () => void }) {
  const text = t.value.room;
  return (
    <AskDialog
      call={call}
      title={text.endTitle}
      submit={text.endConfirm}
      close={close}
      request={() => ({ type: "end" })}
    >
      <p>{text.endDetail}</p>
    </AskDialog>
  );
}

function Group({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="lead-group">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Action({ hint, children }: { hint: string | null; children: ComponentChildren }) {
  return (
    <div class="lead-action">
      <div class="lead-buttons">{children}</div>
      {hint && <p class="soft">{hint}</p>}
    </div>
  );
}
