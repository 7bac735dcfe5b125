import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { directory, type PersonFull, type Role } from "../../api/directory";
import type { Office } from "../../api/types";
import { Dialog } from "../../components/dialog";
import { codeOf, Failed, Loading, Problem, useLoaded } from "../../components/feedback";
import { t } from "../../locales";
import { read } from "../../state/directory";
import { History } from "./history";
import { NameFields, RoleField } from "./new-person";
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
  const text = t.value.directory.person;
  return (
    <div class="person">
      <section aria-labelledby="orang-identitas">
        <h3 id="orang-identitas">{text.identity}</h3>
        <Identity key={person.version} person={person} offices={offices} set={set} again={again} />
      </section>
      <section aria-labelledby="orang-riwayat">
        <h3 id="orang-riwayat">{text.history}</h3>
        <History person={person} offices={offices} set={set} again={again} />
      </section>
      {!person.disabled && (
        <section aria-labelledby="orang-sandi">
          <h3 id="orang-sandi">{t.value.directory.reset.title}</h3>
          <ResetLinkMaker person={person} />
        </section>
      )}
      <div class="buttons">
        <button type="button" class="button" onClick={close}>
          {t.value.app.close}
        </button>
      </div>
    </div>
  );
}

function Identity({ person, offices, set, again }: Omit<FullProps, "close">) {
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
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
        disabled: !person.myself && form.get("active") === null,
        version: person.version,
      });
      setSaved(true);
      set(changed);
    } catch (error) {
      setProblem(codeOf(error));
    }
  };
  return (
    <form onSubmit={submit} onInput={() => setSaved(false)}>
      <Refused code={problem} again={again} />
      <NameFields name={person.name} username={person.username} />
      <RoleField mine={offices} role={person.role} fixed={person.myself} />
      {!person.myself && (
        <label class="check">
          <input type="checkbox" name="active" defaultChecked={!person.disabled} />
          <span>
            {text.person.active}
            <small>{text.person.activeHint}</small>
          </span>
        </label>
      )}
      <div class="form-end">
        <button type="submit" class="button button-main">
          {t.value.app.save}
        </button>
        <span role="status">{saved ? text.saved : ""}</span>
      </div>
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
