import { useState } from "preact/hooks";
import { codeOf, Problem } from "../components/feedback";
import { Brand, LanguageSwitch } from "../components/shell";
import { useTitle } from "../components/title";
import { t } from "../locales";
import { useServices } from "../services";

/** A guest's first page. Accepting is a click, so that a mail scanner that opens links does not use the invitation. */
export function Invitation({ token }: { token: string }) {
  const { api, me, router } = useServices();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const text = t.value.accept;
  const accept = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const guest = await api.accept(token);
      me.value = guest;
      router.go(guest.guest_of ? `/rapat/${guest.guest_of}` : "/rapat", { replace: true });
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  useTitle(text.title);
  return (
    <div class="shell">
      <header class="masthead">
        <div class="masthead-inner">
          <Brand />
          <span class="masthead-nav" />
          <LanguageSwitch />
        </div>
      </header>
      <main class="content">
        <h1>{problem && problem !== "unreachable" ? text.failed : text.title}</h1>
        <p class="lead">{problem && problem !== "unreachable" ? text.failedHint : text.lead}</p>
        <p class="lead">{t.value.pre.notice}</p>
        <Problem code={problem} />
        <button type="button" class="button button-main" disabled={busy} onClick={accept}>
          {busy ? text.busy : text.submit}
        </button>
      </main>
    </div>
  );
}
