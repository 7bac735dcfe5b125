/** Who sits together at a device: asked of it when it comes, and changed by it or who leads. */

import { useRef, useState } from "preact/hooks";
import { useLoaded } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { t } from "../../locales";
import type { Companion, Participant } from "../../protocol/messages";
import { useServices } from "../../services";
import type { Call } from "../../state/call";
import { joined, read, refused, written } from "../../state/company";
import { AskDialog } from "./asking";
import { useRoom } from "./use-room";
import "./lobby.css";

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
      refused={([asked]) => (asked?.type === "name_company" ? refused(asked.people) : null)}
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
      {person.office_id && (
        <Known
          office={person.office_id}
          add={(one) => {
            if (lines.current) lines.current.value = joined(lines.current.value, one);
          }}
        />
      )}
    </AskDialog>
  );
}

/** Who is known to work there. A list that cannot be had is only a help that is missing. */
function Known({ office, add }: { office: string; add: (one: Companion) => void }) {
  const { api } = useServices();
  const known = useLoaded(() => api.colleagues(office), office).value ?? [];
  const text = t.value.gathering;
  if (known.length === 0) return null;
  return (
    <fieldset class="company-known">
      <legend>{text.companyKnown}</legend>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must take the keyboard */}
      <ul tabIndex={0}>
        {known.map((each) => (
          <li key={each.id}>
            <button
              type="button"
              class="button button-quiet button-small"
              aria-label={text.companyAdd(each.name)}
              onClick={() => add({ name: each.name, position: each.position })}
            >
              <Icon name="plus" />
              {each.name}
            </button>
            <small>{each.position}</small>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
