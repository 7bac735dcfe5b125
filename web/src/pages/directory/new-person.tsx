import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { directory, type Role } from "../../api/directory";
import type { Office } from "../../api/types";
import { Choices } from "../../components/choices";
import { Dialog } from "../../components/dialog";
import { codeOf, Problem } from "../../components/feedback";
import { calendarDay } from "../../format/time";
import { t } from "../../locales";
import { useServices } from "../../services";
import { positionFields, read, rolesFor } from "../../state/directory";
import { Field, PostFields } from "./fields";

interface Props {
  offices: readonly Office[];
  /** The one that is looked at; empty for none. */
  office: string;
  close: () => void;
  made: (id: string) => void;
}

/** Somebody with a first post. They get a password by the link that the next dialog makes. */
export function NewPersonDialog({ offices, office, close, made }: Props) {
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const text = t.value.directory;
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    try {
      const person = await directory.addPerson({
        username: read(form, "username").toLowerCase(),
        name: read(form, "name"),
        role: read(form, "role") as Role,
        email: read(form, "email"),
        position: positionFields(form),
      });
      made(person.id);
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  const first = { office_id: office || offices[0]?.id || "", valid_from: calendarDay(new Date()) };
  return (
    <Dialog title={text.person.addTitle} close={close} wide>
      <form onSubmit={submit}>
        <Problem code={problem} />
        <NameFields />
        <RoleField />
        <EmailField />
        <h3 class="form-part">{text.position.first}</h3>
        <PostFields offices={offices} post={first} />
        <div class="buttons">
          <button type="button" class="button" onClick={close}>
            {t.value.app.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={busy}>
            {t.value.app.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function NameFields({ name, username }: { name?: string; username?: string }) {
  const text = t.value.directory.person;
  return (
    <div class="pair">
      <Field label={text.name} hint={text.nameHint}>
        <input name="name" required minLength={2} maxLength={200} autocomplete="off" defaultValue={name} />
      </Field>
      <Field label={text.username} hint={text.usernameHint}>
        <input
          name="username"
          required
          minLength={2}
          maxLength={40}
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          defaultValue={username}
        />
      </Field>
    </div>
  );
}

export function EmailField({ email = "" }: { email?: string }) {
  const text = t.value.directory.person;
  return (
    <Field label={text.email} hint={text.emailHint}>
      <input name="email" type="email" maxLength={254} autocomplete="off" defaultValue={email} />
    </Field>
  );
}

interface RoleProps {
  role?: Role;
  fixed?: boolean;
}

export function RoleField({ role = "participant", fixed = false }: RoleProps) {
  const { me } = useServices();
  const text = t.value.directory.person;
  const offered = rolesFor(me.value?.roles ?? [], null);
  return (
    <Field label={text.role} {...(fixed && { hint: text.own })}>
      <Choices
        name="role"
        value={role}
        disabled={fixed}
        options={offered.map((each) => [each, text.roles[each]] as const)}
      />
    </Field>
  );
}
