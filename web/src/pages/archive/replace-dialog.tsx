/** Finds and replaces, once a person has seen what would become of every line. */

import { useState } from "preact/hooks";
import type { Preview } from "../../api/editing";
import { Dialog } from "../../components/dialog";
import { codeOf, Problem } from "../../components/feedback";
import { meetingClock, number } from "../../format/time";
import { language, t } from "../../locales";
import type { Sought } from "../../state/editing/edits";
import { Compared } from "./compared";
import { lineOf, useDesk } from "./desk";

export function ReplaceDialog({ meeting, close }: { meeting: string; close: () => void }) {
  const { api, editing } = useDesk();
  const [sought, setSought] = useState<Sought | null>(null);
  const [found, setFound] = useState<Preview | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string | null>(null);
  const text = t.value.editing;
  const look = async (event: SubmitEvent) => {
    event.preventDefault();
    const wanted = read(event.currentTarget as HTMLFormElement);
    setProblem(null);
    try {
      setFound(await api.preview(meeting, wanted));
      setSought(wanted);
      setLeft(new Set());
    } catch (error) {
      setProblem(codeOf(error));
    }
  };
  const chosen = found?.hits.filter((hit) => !left.has(hit.line)) ?? [];
  const replace = () => {
    if (!editing || !sought) return;
    const lines = chosen.map(({ line, version }) => ({ line, version }));
    editing.submit({ ...sought, id: editing.name(), kind: "replace", lines });
    close();
  };
  return (
    <Dialog title={text.replace} close={close} wide>
      <form
        onSubmit={look}
        // What was found is not what would be replaced any more.
        onInput={() => setFound(null)}
      >
        <Fields />
        <Problem code={problem} />
        <button type="submit" class="button">
          {text.look}
        </button>
      </form>
      <p role="status" class="replace-count">
        {found &&
          (found.hits.length === 0 ? text.noHits : text.hits(number(found.hits.length, language.value)))}
        {found?.more && ` ${text.moreHits}`}
      </p>
      {found && found.hits.length > 0 && (
        <>
          <Hits
            found={found}
            left={left}
            take={(line, taken) => {
              const now = new Set(left);
              if (taken) now.delete(line);
              else now.add(line);
              setLeft(now);
            }}
          />
          <div class="buttons">
            <button type="button" class="button" onClick={close}>
              {t.value.app.cancel}
            </button>
            <button type="button" class="button button-main" disabled={chosen.length === 0} onClick={replace}>
              {text.replaceThese(number(chosen.length, language.value))}
            </button>
          </div>
        </>
      )}
    </Dialog>
  );
}

function Fields() {
  const text = t.value.editing;
  return (
    <>
      <div class="replace-fields">
        <label class="field">
          <span>{text.find}</span>
          <input name="find" required maxLength={200} autocomplete="off" />
        </label>
        <label class="field">
          <span>{text.put}</span>
          <input name="put" maxLength={500} autocomplete="off" placeholder={text.putEmpty} />
        </label>
      </div>
      <div class="replace-choices">
        <label class="review-kind">
          <input type="checkbox" name="case" />
          {text.matchCase}
        </label>
        <label class="review-kind">
          <input type="checkbox" name="whole" defaultChecked />
          {text.wholeWords}
        </label>
      </div>
    </>
  );
}

interface HitsProps {
  found: Preview;
  left: ReadonlySet<string>;
  take: (line: string, taken: boolean) => void;
}

function Hits({ found, left, take }: HitsProps) {
  const desk = useDesk();
  const text = t.value.editing;
  return (
    <ol class="replace-hits">
      {found.hits.map((hit) => {
        const line = lineOf(desk, hit.line);
        const clock = line ? meetingClock(line.start) : "";
        return (
          <li key={hit.line}>
            <input
              type="checkbox"
              aria-label={text.take(clock)}
              checked={!left.has(hit.line)}
              onChange={(event) => take(hit.line, event.currentTarget.checked)}
            />
            <div>
              <small class="soft numbers">
                {clock} {line?.speaker}
              </small>
              <Compared before={hit.before} after={hit.after} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function read(form: HTMLFormElement): Sought {
  const given = new FormData(form);
  return {
    find: String(given.get("find")),
    put: String(given.get("put")),
    match_case: given.has("case"),
    whole_words: given.has("whole"),
  };
}
