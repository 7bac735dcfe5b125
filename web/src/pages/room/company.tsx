/** Who sits together at a device: asked of it when it comes, and changed by it or who leads. */

import { useRef, useState } from "preact/hooks";
import { Icon } from "../../components/icons";
import { t } from "../../locales";
import type { Participant } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { read, written } from "../../state/company";
import { AskDialog } from "./asking";
import { useRoom } from "./use-room";

/** A hall that has named nobody is asked to, once, where it cannot be overlooked. */
export function CompanyAsk({ call }: { call: Call }) {
  const own = useRoom(call, (room) => room.participants.get(room.seat ?? ""));
  const [open, setOpen] = useState(false);
  const text = t.value.gathering;
  if (!own?.shared) return null;
  return (
    <section class="banner" aria-label={text.company}>
      {own.company.length === 0 && (
        <div class="notice knocking">
          <Icon name="people" />
          <span>{text.companyAsk}</span>
          <button type="button" class="button button-small" onClick={() => setOpen(true)}>
            {text.companyShort}
          </button>
        </div>
      )}
      {open && <CompanyDialog call={call} person={own} close={() => setOpen(false)} />}
    </section>
  );
}

interface Props {
  call: Call;
  person: Participant;
  close: () => void;
}

export function CompanyDialog({ call, person, close }: Props) {
  const self = useRoom(call, (room) => room.seat);
  const lines = useRef<HTMLTextAreaElement>(null);
  const text = t.value.gathering;
  return (
    <AskDialog
      call={call}
      title={person.seat === self ? text.company : text.companyOf(person.office)}
      submit={t.value.leading.noteSave}
      close={close}
      request={(form) => ({
        type: "name_company",
        seat: person.seat,
        people: read(String(form.get("lines"))),
      })}
    >
      <label class="field">
        <span>{text.companyLines}</span>
        <textarea
          ref={lines}
          name="lines"
          rows={6}
          maxLength={12_000}
          placeholder={text.companyExample}
          defaultValue={written(person.company)}
        />
        <small>{text.companyHint}</small>
      </label>
    </AskDialog>
  );
}
