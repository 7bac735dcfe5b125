import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { codeOf, Failed, Problem } from "../components/feedback";
import { NewPasswordFields } from "../components/passwords";
import { useTitle } from "../components/title";
import { t } from "../locales";
import { useServices } from "../services";

/** What the directory says of oneself, and one's own password. */
export function Account() {
  const { api, me } = useServices();
  const [problem, setProblem] = useState<string | null>(null);
  const [saved, setSaved] = useState(false);
  const text = t.value.directory;
  useTitle(text.account.title);
  const person = me.value;
  if (!person || person.guest_of) return <Failed code="forbidden" />;
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const element = event.currentTarget;
    const form = new FormData(element);
    const password = String(form.get("password"));
    setSaved(false);
    if (password !== form.get("again")) return setProblem("passwords_differ");
    setProblem(null);
    try {
      await api.changePassword(String(form.get("current")), password);
      element.reset();
      setSaved(true);
    } catch (error) {
      setProblem(codeOf(error));
    }
  };
  return (
    <div class="content-narrow">
      <h1>{text.account.title}</h1>
      <p class="lead">
        <strong>{person.name}</strong>
        {person.position && ` · ${person.position}`}
        {person.office && ` · ${person.office.short_name}`}
      </p>
      <p class="soft">{text.account.wrong}</p>
      <h2 class="account-part">{text.account.change}</h2>
      <form onSubmit={submit}>
        <Problem code={problem} />
        <label class="field">
          <span>{text.password.current}</span>
          <input name="current" type="password" autocomplete="current-password" required maxLength={200} />
        </label>
        <NewPasswordFields username={person.username ?? ""} />
        <button type="submit" class="button button-main">
          {text.password.submit}
        </button>
        <p class="form-said" role="status">
          {saved ? text.password.changed : ""}
        </p>
      </form>
    </div>
  );
}
