/** A file whose bytes are compared with what was signed: chosen, or dropped anywhere on the box. */

import { useEffect, useRef, useState } from "preact/hooks";
import { type FileVerdict, type Mismatch, verificationApi } from "../../api/verification";
import { codeOf, Problem } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { words } from "../../locales/verification";
import { Fingerprint } from "../notula/fingerprint";

/** As the server's limit. */
const MOST_BYTES = 32 * 1024 * 1024;

interface Checked {
  name: string;
  verdict: FileVerdict;
}

export function FileCheck({ code }: { code: string | null }) {
  const [busy, setBusy] = useState<string | null>(null);
  const [checked, setChecked] = useState<Checked | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [large, setLarge] = useState(false);
  const [over, setOver] = useState(false);
  const text = words.value;
  const check = async (file: File | undefined) => {
    if (!file || busy) return;
    setChecked(null);
    setProblem(null);
    setLarge(file.size > MOST_BYTES);
    if (file.size > MOST_BYTES) return;
    setBusy(file.name);
    try {
      setChecked({ name: file.name, verdict: await verificationApi.file(file) });
    } catch (error) {
      setProblem(codeOf(error));
    }
    setBusy(null);
  };
  return (
    <section aria-labelledby="periksa-berkas">
      <h2 id="periksa-berkas">{text.file}</h2>
      <fieldset
        aria-labelledby="periksa-berkas"
        class={over ? "drop drop-over" : "drop"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void check(event.dataTransfer?.files[0]);
        }}
      >
        <p>{over ? text.drop : text.fileLead}</p>
        <label class="button drop-choose">
          <Icon name="upload" />
          {text.choose}
          <input
            type="file"
            class="visually-hidden"
            accept=".pdf,.docx,.json"
            onChange={(event) => {
              void check(event.currentTarget.files?.[0]);
              event.currentTarget.value = "";
            }}
          />
        </label>
      </fieldset>
      <div role="status">
        {busy && <p>{text.checking(busy)}</p>}
        {checked && <Verdict checked={checked} code={code} />}
      </div>
      {large && (
        <p class="notice notice-bad" role="alert">
          {text.tooLarge}
        </p>
      )}
      <Problem code={problem} />
      <p class="soft">{text.printed}</p>
    </section>
  );
}

function Verdict({ checked: { name, verdict }, code }: { checked: Checked; code: string | null }) {
  const text = words.value;
  const why = whyOf(verdict, code);
  const good = why === "sealed";
  const box = useRef<HTMLElement>(null);
  // On a phone it comes below the fold.
  useEffect(() => box.current?.scrollIntoView({ block: "nearest" }), [verdict]);
  return (
    <section
      ref={box}
      class={`verdict ${good ? "verdict-good" : verdict.matches ? "verdict-warn" : "verdict-bad"}`}
    >
      <h3>
        <Icon name={good ? "check" : "warning"} />
        {verdict.matches ? text.matches : text.matchesNot}
      </h3>
      <p>{text.why[why]}</p>
      <p class="soft verdict-file">
        {text.checked(name)} ({text.kinds[verdict.kind]})
      </p>
      {verdict.of && (
        <p>
          {text.belongs} <strong>{verdict.of.title}</strong>{" "}
          <a href={`/verifikasi/${verdict.of.code}`} class="numbers">
            {verdict.of.code}
          </a>
        </p>
      )}
      <p class="soft">
        {text.fileHash}: <Fingerprint of={verdict.sha256} />
      </p>
    </section>
  );
}

type Why = Mismatch | "sealed" | "other" | "superseded" | "revoked";

function whyOf(verdict: FileVerdict, code: string | null): Why {
  if (!verdict.matches) return verdict.why || "unknown";
  if (verdict.of?.revoked) return "revoked";
  if (verdict.of?.superseded_by) return "superseded";
  return code && verdict.code && verdict.code !== code ? "other" : "sealed";
}
