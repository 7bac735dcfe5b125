import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { directory, type PersonFull, type Role } from "../../api/directory";
import type { Office } from "../../api/types";
import { Dialog } from "../../components/dialog";
import { codeOf, Failed, Loading, Problem, useLoaded } from "../../components/feedback";
import { t } from "../../locales";
import { read } from "../../state/directory";
import { History } from "./history";
import { EmailField, NameFields, RoleField } from "./new-person";
import { ResetLinkMaker } from "./reset-link";

interface Props {
  id: string;
  offices: readonly Office[];
  close: () => void;
}

export function PersonDialog({ id, offices, close }: Props) {
  const person = useLoaded(() => directory.person(id), id);
  return (
    <Dialog title={person.value?.name ?? t.value.directory.edit} close={close} wide>
      {person.failed && <Failed code={person.failed} retry={person.again} />}
      {!person.value && !person.failed && <Loading />}
      {person.value && (
        <Full person={person.value} offices={offices} set={person.set} again={person.again} close={close} />
      )}
    </Dialog>
  );
}

interface FullProps {
  person: PersonFull;
  offices: readonly Office[];
  set: (person: PersonFull) => void;
  again: () => void;
  close: () => void;
}

/** `key` by version: what somebody else has changed is seen after a reload, not what stood in the fields. */
function Full({ person, offices, set, again, close }: FullProps) {
  const [saved, setSaved] = useState(false);
  const text = t.value.directory.person;
  const changed = (fresh: PersonFull) => {
    set(fresh);
    setSaved(true);
  };
  return (
    <div class="person" onInput={() => setSaved(false)}>
      <section aria-labelledby="orang-identitas">
        <h3 id="orang-identitas">{text.identity}</h3>
        <Identity key={person.version} person={person} set={changed} again={again} />
      </section>
      <section aria-labelledby="orang-riwayat">
        <h3 id="orang-riwayat">{text.history}</h3>
        <History person={person} offices={offices} set={changed} again={again} />
      </section>
      {!person.disabled && (
        <section aria-labelledby="orang-sandi">
          <h3 id="orang-sandi">{t.value.directory.reset.title}</h3>
          <ResetLinkMaker person={person} />
        </section>
      )}
      <div class="buttons person-end">
        <span role="status">{saved ? t.value.directory.saved : ""}</span>
        <button type="button" class="button" onClick={close}>
          {t.value.app.close}
        </button>
      </div>
    </div>
  );
}

function Identity({ person, set, again }: Omit<FullProps, "close" | "offices">) {
  const [problem, setProblem] = useState<string | null>(null);
  const text = t.value.directory;
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setProblem(null);
    try {
      const changed = await directory.changePerson(person.id, {
        username: read(form, "username").toLowerCase(),
        name: read(form, "name"),
        role: person.myself ? person.role : (read(form, "role") as Role),
        email: read(form, "email"),
        disabled: !person.myself && form.get("active") === null,
        version: person.version,
      });
      set(changed);
    } catch (error) {
      setProblem(codeOf(error));
    }
  };
  return (
    <form onSubmit={submit}>
      <Refused code={problem} again={again} />
      <NameFields name={person.name} username={person.username} />
      <RoleField role={person.role} fixed={person.myself} />
      <EmailField email={person.email} />
      {!person.myself && (
        <label class="check">
          <input type="checkbox" name="active" defaultChecked={!person.disabled} />
          <span>
            {text.person.active}
            <small>{text.person.activeHint}</small>
          </span>
        </label>
      )}
      <button type="submit" class="button button-main form-end">
        {t.value.app.save}
      </button>
    </form>
  );
}

/** A refusal; where somebody else was first, with the way to see what they did. */
export function Refused({ code, again }: { code: string | null; again: () => void }) {
  return (
    <>
      <Problem code={code} />
      {code === "stale" && (
        <button type="button" class="button button-small refused-again" onClick={again}>
          {t.value.directory.reload}
        </button>
      )}
    </>
  );
}
