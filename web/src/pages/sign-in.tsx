import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { codeOf, Problem } from "../components/feedback";
import { LanguageSwitch } from "../components/shell";
import { useTitle } from "../components/title";
import { t } from "../locales";
import { useServices } from "../services";
import "./sign-in.css";

export function SignIn({ after }: { after: string }) {
  const { api, me, router } = useServices();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setProblem(null);
    try {
      me.value = await api.signIn(String(form.get("username")).trim(), String(form.get("password")));
      router.go(after, { replace: true });
    } catch (error) {
      // Whoever is told "not signed in" while signing in has mistyped.
      setProblem(codeOf(error) === "not_signed_in" ? "wrong_credentials" : codeOf(error));
      setBusy(false);
    }
  };
  const text = t.value.signIn;
  useTitle(text.title);
  return (
    <main class="sign-in">
      <section class="sign-in-claim">
        <img src="/rakor.svg" alt="" width="52" height="52" />
        <p class="sign-in-name">
          {t.value.app.title}
          <small>{t.value.app.owner}</small>
        </p>
        <p class="sign-in-words">{text.claim}</p>
        <p class="sign-in-detail">{text.claimDetail}</p>
      </section>
      <section class="sign-in-form">
        <div class="sign-in-language">
          <LanguageSwitch />
        </div>
        <form onSubmit={submit}>
          <h1>{text.title}</h1>
          <p class="lead">{text.lead}</p>
          <Problem code={problem} />
          <label class="field">
            <span>{text.username}</span>
            <input
              name="username"
              autocomplete="username"
              autocapitalize="none"
              spellcheck={false}
              required
              autofocus
            />
          </label>
          <label class="field">
            <span>{text.password}</span>
            <input name="password" type="password" autocomplete="current-password" required />
          </label>
          <button type="submit" class="button button-main sign-in-submit" disabled={busy}>
            {busy ? text.busy : text.submit}
          </button>
          <p class="sign-in-help">{text.help}</p>
        </form>
      </section>
    </main>
  );
}
