/** What whoever leads may do about one person: the floor, a role, the door. */

import { useState } from "preact/hooks";
import { Dialog } from "../../components/dialog";
import { t } from "../../locales";
import type { Appoint, Participant } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { AskDialog } from "./asking";
import { CompanyDialog } from "./company";
import { GiveFloor } from "./give-floor";
import { shownName } from "./tile";
import { useRoom } from "./use-room";

const GIVEN: readonly Appoint["role"][] = ["moderator", "presenter", "operator", "participant", "observer"];

interface Props {
  call: Call;
  person: Participant;
  close: () => void;
}

export function PersonDialog({ call, person, close }: Props) {
  const [step, go] = useState<"floor" | "remove" | "company" | null>(null);
  if (step === "floor") return <GiveFloor call={call} person={person} close={close} />;
  if (step === "remove") return <Remove call={call} person={person} close={close} />;
  if (step === "company") return <CompanyDialog call={call} person={person} close={close} />;
  return <Actions call={call} person={person} close={close} go={go} />;
}

function Actions({
  call,
  person,
  close,
  go,
}: Props & { go: (step: "floor" | "remove" | "company") => void }) {
  const may = useRoom(call, (room) => room.may);
  const self = useRoom(call, (room) => room.seat);
  const text = t.value.leading;
  const leads = person.role === "chair" || person.role === "secretariat";
  return (
    <Dialog title={shownName(person)} close={close}>
      <p class="soft">{t.value.room.roles[person.role]}</p>
      {may.has("appoint") && isGiven(person.role) && <Role call={call} person={person} />}
      <div class="person-actions">
        {may.has("give_floor") && person.role !== "observer" && (
          <button type="button" class="button" onClick={() => go("floor")}>
            {text.giveFloor}
          </button>
        )}
        {person.shared && (may.has("name_people") || person.seat === self) && (
          <button type="button" class="button" onClick={() => go("company")}>
            {t.value.gathering.companyShort}
          </button>
        )}
        {may.has("remove") && !leads && person.seat !== self && (
          <button type="button" class="button" onClick={() => go("remove")}>
            {text.remove}
          </button>
        )}
      </div>
    </Dialog>
  );
}

function Role({ call, person }: { call: Call; person: Participant }) {
  return (
    <label class="field">
      <span>{t.value.leading.role}</span>
      <select
        value={person.role}
        onChange={(event) =>
          call.ask({ type: "appoint", seat: person.seat, role: event.currentTarget.value as Appoint["role"] })
        }
      >
        {GIVEN.map((role) => (
          <option key={role} value={role}>
            {t.value.room.roles[role]}
          </option>
        ))}
      </select>
    </label>
  );
}

function Remove({ call, person, close }: Props) {
  const text = t.value.leading;
  return (
    <AskDialog
      call={call}
      title={text.removeConfirm(shownName(person))}
      submit={text.remove}
      close={close}
      request={(form) => ({ type: "remove", seat: person.seat, ban: form.get("ban") === "on" })}
    >
      <label class="check">
        <input type="checkbox" name="ban" />
        <span>{text.ban}</span>
      </label>
    </AskDialog>
  );
}

function isGiven(role: Participant["role"]): role is Appoint["role"] {
  return (GIVEN as readonly string[]).includes(role);
}
