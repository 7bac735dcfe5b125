/** What stands around every page but the room: name, navigation, language, account. */

import type { ComponentChildren } from "preact";
import type { Language } from "../format/time";
import { language, setLanguage, t } from "../locales";
import { mayKeepPeople, useServices } from "../services";
import { Icon } from "./icons";
import "./shell.css";

export function Brand() {
  return (
    <a class="brand" href="/rapat">
      <img src="/rakor.svg" alt="" width="32" height="32" />
      <span>
        <strong>{t.value.app.title}</strong>
        <small>{t.value.app.owner}</small>
      </span>
    </a>
  );
}

export function LanguageSwitch() {
  return (
    <label class="language">
      <span class="visually-hidden">{t.value.app.language}</span>
      <select
        value={language.value}
        onChange={(event) => void setLanguage(event.currentTarget.value as Language)}
      >
        <option value="id" lang="id">
          Indonesia
        </option>
        <option value="en" lang="en">
          English
        </option>
      </select>
    </label>
  );
}

/** Leads to one's own account; a guest has none. */
function Name() {
  const person = useServices().me.value;
  if (!person) return null;
  const words = (
    <>
      <strong>{person.name}</strong>
      <small>{person.guest_of ? t.value.app.guest : person.office?.short_name}</small>
    </>
  );
  if (person.guest_of) return <p class="account-name">{words}</p>;
  return (
    <a class="account-link" href="/akun" title={t.value.nav.account}>
      <Icon name="person" />
      <span class="account-name">{words}</span>
    </a>
  );
}

function Account() {
  const { me, api, router } = useServices();
  const person = me.value;
  if (!person) return null;
  const out = async () => {
    await api.signOut().catch(() => undefined);
    me.value = null;
    router.go("/masuk");
  };
  return (
    <div class="account">
      <Name />
      <button
        type="button"
        class="button button-quiet"
        onClick={out}
        aria-label={t.value.nav.signOut}
        title={t.value.nav.signOut}
      >
        <Icon name="out" />
        <span class="account-out">{t.value.nav.signOut}</span>
      </button>
    </div>
  );
}

export function Shell({
  here,
  children,
}: {
  here: "meetings" | "archive" | "follow-ups" | "directory" | null;
  children: ComponentChildren;
}) {
  const { me } = useServices();
  const current = (page: string) => (here === page ? "page" : undefined);
  return (
    <div class="shell">
      <a class="skip" href="#isi">
        {t.value.app.skip}
      </a>
      <header class="masthead">
        <div class={me.value?.guest_of ? "masthead-inner" : "masthead-inner masthead-full"}>
          <Brand />
          <nav class="masthead-nav" aria-label={t.value.app.navigation}>
            <a href="/rapat" aria-current={current("meetings")}>
              {t.value.nav.meetings}
            </a>
            {!me.value?.guest_of && (
              <a href="/arsip" aria-current={current("archive")}>
                {t.value.nav.archive}
              </a>
            )}
            {!me.value?.guest_of && (
              <a href="/tindak-lanjut" aria-current={current("follow-ups")}>
                {t.value.nav.followUps}
              </a>
            )}
            {mayKeepPeople(me.value) && (
              <a href="/direktori" aria-current={current("directory")}>
                {t.value.nav.directory}
              </a>
            )}
          </nav>
          <LanguageSwitch />
          <Account />
        </div>
      </header>
      <main id="isi" class="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
