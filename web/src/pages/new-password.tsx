import type { ComponentChildren, TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { codeOf, Loading, Problem, useLoaded } from "../components/feedback";
import { NewPasswordFields } from "../components/passwords";
import { Brand, LanguageSwitch } from "../components/shell";
import { useTitle } from "../components/title";
import { t } from "../locales";
import { useServices } from "../services";

/** Opened by a link that somebody was given. Looking at it uses nothing up; saving does. */
export function NewPassword({ token }: { token: string }) {
  const { api, me } = useServices();
  const owner = useLoaded(() => api.resetLink(token), token);
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState(false);
  const text = t.value.directory.password;
  useTitle(text.title);
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const password = String(form.get("password"));
    if (password !== form.get("again")) return setProblem("passwords_differ");
    setProblem(null);
    try {
      await api.setPassword(token, password);
      me.value = null;
      setDone(true);
    } catch (error) {
      setProblem(codeOf(error));
    }
  };
  if (done)
    return (
      <Outside title={text.done}>
        <p class="lead" role="status">
          {text.doneLead}
        </p>
        <a class="button button-main" href="/masuk">
          {text.toSignIn}
        </a>
      </Outside>
    );
  if (owner.failed)
    return (
      <Outside title={text.failed}>
        <Problem code={owner.failed} />
        <a class="button" href="/masuk">
          {text.toSignIn}
        </a>
      </Outside>
    );
  return (
    <Outside title={text.title}>
      {!owner.value && <Loading />}
      {owner.value && (
        <form onSubmit={submit}>
          <p class="lead">{text.lead(owner.value.name)}</p>
          <p>
            {text.username}: <strong>{owner.value.username}</strong>
          </p>
          <Problem code={problem} />
          <NewPasswordFields username={owner.value.username} />
          <button type="submit" class="button button-main">
            {text.submit}
          </button>
        </form>
      )}
    </Outside>
  );
}

function Outside({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <div class="shell">
      <header class="masthead">
        <div class="masthead-inner">
          <Brand />
          <span class="masthead-nav" />
          <LanguageSwitch />
        </div>
      </header>
      <main id="isi" class="content content-narrow" tabIndex={-1}>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
