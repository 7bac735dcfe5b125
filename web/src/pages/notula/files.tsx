/** Everything of a notula that can be taken home. What the server has to make first says so meanwhile. */

import { useEffect, useRef, useState } from "preact/hooks";
import { fileOf, soundMade, soundOf } from "../../api/notula";
import { codeOf, Problem } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { percent } from "../../format/size";
import { language } from "../../locales";
import { words } from "../../locales/notula-pages";
import { SEALED } from "../../state/notula/way";
import { useDesk } from "./desk";

const KINDS = ["notula", "risalah", "tindak-lanjut", "berita-acara", "berita-jdih"] as const;
const PAPERS = ["pdf", "docx"] as const;
const TEXTS = ["vtt", "srt", "txt", "json"] as const;
const SOUND_LOOK_MS = 2000;

interface File {
  path: string;
  name: string;
  label: string;
}

export function Files() {
  const { manuscript } = useDesk();
  const [making, setMaking] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const text = words.value;
  const { meeting_id: meeting, state, code, version } = manuscript.notula.value;
  const fetch = async ({ path, name, label }: File) => {
    setMaking(name);
    setProblem(null);
    setSaid(text.making(label));
    try {
      save(await fileOf(path), name);
      setSaid(text.made(label));
    } catch (error) {
      setProblem(codeOf(error));
      setSaid("");
    }
    setMaking(null);
  };
  const button = (what: string, path: string, format: string) => {
    const file = {
      path,
      name: `${path.split("/").at(-1)?.split(".")[0]}-${meeting}.${format}`,
      label: text.fileOf(what, format.toUpperCase()),
    };
    return (
      <button
        key={format}
        type="button"
        class="button button-small"
        disabled={making !== null}
        aria-label={file.label}
        onClick={() => void fetch(file)}
      >
        {format.toUpperCase()}
      </button>
    );
  };
  return (
    <details class="about card files" open={SEALED.has(state)}>
      <summary>
        <h2>{text.files}</h2>
      </summary>
      {!SEALED.has(state) && <p class="soft">{text.filesDraft}</p>}
      <dl class="files-list">
        {KINDS.map((kind) => (
          <div key={kind}>
            <dt>{text.documents[kind]}</dt>
            <dd>
              {PAPERS.map((format) =>
                button(text.documents[kind], `/meetings/${meeting}/documents/${kind}.${format}`, format),
              )}
            </dd>
          </div>
        ))}
        <div>
          <dt>{text.transcriptFile}</dt>
          <dd>
            {TEXTS.map((format) =>
              button(text.transcriptFile, `/meetings/${meeting}/transcript.${format}`, format),
            )}
          </dd>
        </div>
        {code && SEALED.has(state) && (
          <div>
            <dt>{text.sealedFile}</dt>
            <dd>{button(text.sealedFile, `/meetings/${meeting}/notula/versions/${version}`, "json")}</dd>
          </div>
        )}
        <div>
          <dt>{text.soundFile}</dt>
          <dd>
            <Sound meeting={meeting} />
          </dd>
        </div>
      </dl>
      <p role="status" class="soft files-said">
        {said}
      </p>
      <Problem code={problem} />
    </details>
  );
}

/** The mixed sound is made when it is first asked for; then the browser takes it as any large file. */
function Sound({ meeting }: { meeting: string }) {
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const look = async () => {
    setProblem(null);
    try {
      const made = await soundMade(meeting);
      setShare(made);
      if (made === null) take(soundOf(meeting), `rapat-${meeting}.webm`);
      else timer.current = window.setTimeout(look, SOUND_LOOK_MS);
    } catch (error) {
      setShare(null);
      setProblem(codeOf(error));
    }
  };
  const text = words.value;
  return (
    <>
      <button
        type="button"
        class="button button-small"
        disabled={share !== null}
        aria-label={text.fileOf(text.soundFile, "WebM")}
        onClick={() => void look()}
      >
        <Icon name="download" />
        WebM
      </button>
      <span role="status" class="soft">
        {share !== null && text.soundMaking(percent(share, language.value))}
      </span>
      <Problem code={problem} />
    </>
  );
}

function take(address: string, name: string): void {
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  link.click();
}

function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  take(address, name);
  // The browser has taken it by the next turn; some read it only then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
