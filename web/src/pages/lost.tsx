import { useTitle } from "../components/title";
import { t } from "../locales";

export function Lost() {
  useTitle(t.value.app.lost);
  return (
    <section>
      <h1>{t.value.app.lost}</h1>
      <p class="lead">{t.value.app.lostHint}</p>
      <a class="button" href="/rapat">
        {t.value.app.toMeetings}
      </a>
    </section>
  );
}
