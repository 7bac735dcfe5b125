/** A meeting's notula: drafted, corrected, reviewed, signed; or only read, by those who took part. */

import { useEffect, useState } from "preact/hooks";
import { type Notula, notulaApi } from "../../api/notula";
import { codeOf, Failed, Loading, Problem, useLoaded } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { useTitle } from "../../components/title";
import { longDate } from "../../format/time";
import { language, t } from "../../locales";
import { words } from "../../locales/notula-pages";
import { useServices } from "../../services";
import { badgeOf } from "../../state/notula/badge";
import { DeskContext } from "./desk";
import { Files } from "./files";
import { History } from "./history";
import { LinesPanel } from "./lines-panel";
import { Notices } from "./notices";
import { Proposals } from "./proposals";
import { ProposeDialog } from "./propose-dialog";
import { Sheet } from "./sheet";
import { StatusBar } from "./status-bar";
import { useDesk } from "./use-desk";
import { Versions } from "./versions";
import { Way } from "./way";
import "../archive/archive.css";
import "./notula.css";
import "./statement.css";

export function NotulaPage({ meeting }: { meeting: string }) {
  const [missing, setMissing] = useState(false);
  const loaded = useLoaded(
    () =>
      notulaApi.read(meeting).catch((error) => {
        if (codeOf(error) !== "no_notula") throw error;
        setMissing(true);
        return null;
      }),
    meeting,
  );
  useTitle(words.value.title);
  if (loaded.value) return <Working found={loaded.value} />;
  if (missing) return <None meeting={meeting} drafted={loaded.set} />;
  if (!loaded.failed) return <Loading />;
  return (
    <Failed
      code={loaded.failed}
      retry={loaded.again}
      back={{ href: "/arsip", label: t.value.archive.title }}
    />
  );
}

function Back({ meeting }: { meeting: string }) {
  return (
    <a class="back" href={`/arsip/${meeting}`}>
      <Icon name="back" />
      {words.value.back}
    </a>
  );
}

function None({ meeting, drafted }: { meeting: string; drafted: (made: Notula) => void }) {
  const { api } = useServices();
  const found = useLoaded(() => api.meeting(meeting), meeting);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const text = words.value;
  const draft = async () => {
    setBusy(true);
    setProblem(null);
    try {
      drafted(await notulaApi.draft(meeting, false));
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  if (!found.value) return found.failed ? <Failed code={found.failed} retry={found.again} /> : <Loading />;
  const may = found.value.may.edit_transcript && found.value.state === "ended";
  return (
    <article class="notula-none">
      <Back meeting={meeting} />
      <h1>{found.value.title}</h1>
      <section class="card notula-empty">
        <h2>{text.none}</h2>
        <p>{may ? text.noneLead : text.noneWait}</p>
        <Problem code={problem} />
        {may && (
          <button type="button" class="button button-main" disabled={busy} onClick={draft}>
            {busy ? text.drafting : text.draft}
          </button>
        )}
        <p role="status" class="visually-hidden">
          {busy && text.drafting}
        </p>
      </section>
    </article>
  );
}

function Working({ found }: { found: Notula }) {
  const desk = useDesk(found);
  const text = words.value;
  const notula = desk.manuscript.notula.value;
  const { title, starts, host, zones } = notula.content;
  useTitle(`${text.title} – ${title}`);
  useEffect(() => document.getElementById("isi")?.focus({ preventScroll: true }), []);
  return (
    <DeskContext.Provider value={desk}>
      <article class="notula">
        <Back meeting={notula.meeting_id} />
        <header class="notula-head">
          <div>
            <p class="notula-kind">
              {text.title}
              <StateBadge state={notula.state} />
              <span class="soft">{text.version(String(notula.version))}</span>
            </p>
            <h1>{title}</h1>
            <p class="soft notula-facts">
              <span>{longDate(new Date(starts), zones[0] ?? desk.zone, language.value)}</span>
              <span>{host}</span>
            </p>
          </div>
        </header>
        <Way />
        <Notices />
        <div class="notula-desk">
          <div class="notula-main">
            <Sheet />
            <StatusBar />
          </div>
          <aside class="notula-side" aria-label={text.contents}>
            <LinesPanel />
            <div class="notula-about" hidden={desk.citing.value !== null}>
              <Proposals />
              <Files />
              <Versions />
              <History />
            </div>
          </aside>
        </div>
        <ProposeDialog />
      </article>
    </DeskContext.Provider>
  );
}

function StateBadge({ state }: { state: Notula["state"] }) {
  return <span class={badgeOf(state)}>{t.value.notula.states[state]}</span>;
}
