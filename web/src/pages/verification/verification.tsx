/** For everybody, without signing in: what a code belongs to, and whether a file is what was signed. */

import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { type Verified, verificationApi } from "../../api/verification";
import { Failed, Loading, codeOf as problemOf, useLoaded } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { Brand, LanguageSwitch } from "../../components/shell";
import { useTitle } from "../../components/title";
import { withPosition } from "../../format/people";
import { clockWithZone, longDate, number } from "../../format/time";
import { language } from "../../locales";
import { words } from "../../locales/verification";
import { useServices } from "../../services";
import { codeOf } from "../../state/notula/code";
import { Fingerprint } from "../notula/fingerprint";
import { FileCheck } from "./file-check";
import "./verification.css";

export function Verification({ code }: { code: string }) {
  const text = words.value;
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
      <main id="isi" class="content verification" tabIndex={-1}>
        <h1>{text.title}</h1>
        <p class="lead">{text.lead}</p>
        {code && <OfCode key={code} code={code} />}
        <CodeForm code={code} />
        <FileCheck code={codeOf(code)} />
      </main>
    </div>
  );
}

function CodeForm({ code }: { code: string }) {
  const { router } = useServices();
  const text = words.value;
  const look = (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const written = String(new FormData(event.currentTarget).get("code")).trim();
    router.go(`/verifikasi/${encodeURIComponent(codeOf(written) ?? written)}`);
  };
  return (
    <form class="code-form" onSubmit={look}>
      <label class="field">
        <span>{text.code}</span>
        <input
          key={code}
          name="code"
          defaultValue={code}
          required
          maxLength={64}
          autocomplete="off"
          autocapitalize="characters"
          spellcheck={false}
        />
        <small>{text.codeHint}</small>
      </label>
      <button type="submit" class={code ? "button" : "button button-main"}>
        {text.look}
      </button>
    </form>
  );
}

function OfCode({ code }: { code: string }) {
  const known = codeOf(code);
  const [missing, setMissing] = useState(known === null);
  const found = useLoaded(async () => {
    if (known === null) return null;
    return verificationApi.code(known).catch((error) => {
      if (problemOf(error) !== "not_found" && problemOf(error) !== "unknown_code") throw error;
      setMissing(true);
      return null;
    });
  }, code);
  const text = words.value;
  if (missing)
    return (
      <section class="verdict verdict-bad" role="alert">
        <h2>
          <Icon name="warning" />
          {text.unknown}
        </h2>
        <p>{text.unknownLead}</p>
      </section>
    );
  if (!found.value) return found.failed ? <Failed code={found.failed} retry={found.again} /> : <Loading />;
  return <Known found={found.value} code={known ?? code} />;
}

function Known({ found, code }: { found: Verified; code: string }) {
  const text = words.value;
  const holds = !found.revoked && !found.superseded_by;
  return (
    <section class={`verdict ${holds ? "verdict-good" : "verdict-warn"}`} aria-labelledby="putusan">
      <h2 id="putusan">
        <Icon name={holds ? "check" : "warning"} />
        {found.revoked
          ? text.revoked
          : found.superseded_by
            ? text.superseded(number(found.superseded_by, language.value))
            : text.known}
      </h2>
      {found.revoked && <p>{text.revokedLead}</p>}
      {!found.revoked && found.superseded_by && <p>{text.supersededLead}</p>}
      <p class="code numbers">{code}</p>
      <dl>
        <div>
          <dt>{text.meeting}</dt>
          <dd>{found.title}</dd>
        </div>
        <div>
          <dt>{text.date}</dt>
          <dd>{longDate(new Date(`${found.date.slice(0, 10)}T00:00:00Z`), "UTC", language.value)}</dd>
        </div>
        <div>
          <dt>{text.host}</dt>
          <dd>{found.host}</dd>
        </div>
        <div>
          <dt>{text.version}</dt>
          <dd>{number(found.version, language.value)}</dd>
        </div>
        <div>
          <dt>{text.signers}</dt>
          <dd>
            <ol>
              {found.signers.map((each) => (
                <li key={each.duty}>
                  {text.duties[each.duty]}: {withPosition(each.name, each.position)}
                  <small class="soft">{signedAt(each.at)}</small>
                </li>
              ))}
            </ol>
          </dd>
        </div>
        <div>
          <dt>{text.hash}</dt>
          <dd>
            <Fingerprint of={found.sha256} />
          </dd>
        </div>
      </dl>
      <p class="soft">
        {text.seal}. {text.key}: <Fingerprint of={found.key} />
      </p>
    </section>
  );
}

/** By the clock of the central office: who verifies may be anywhere. */
function signedAt(at: string): string {
  const moment = new Date(at);
  return `${longDate(moment, "Asia/Jakarta", language.value)}, ${clockWithZone(moment, "Asia/Jakarta")}`;
}
