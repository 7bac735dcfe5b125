/** Tables in: chosen, looked at, applied. The file stays in the browser between the two. */

import { useState } from "preact/hooks";
import { type Counts, directory, type Preview, type TableKind } from "../../api/directory";
import { codeOf, Problem } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { number } from "../../format/time";
import { language, t } from "../../locales";
import { mayKeepOffices, useServices } from "../../services";
import { PreviewOf } from "./preview";

interface Seen {
  file: File;
  preview: Preview;
}

export function Import() {
  const { me } = useServices();
  const kinds: TableKind[] = mayKeepOffices(me.value) ? ["people", "offices"] : ["people"];
  const [kind, setKind] = useState<TableKind>("people");
  const [seen, setSeen] = useState<Seen | null>(null);
  const [done, setDone] = useState<Counts | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const text = t.value.directory.table;
  const anew = () => {
    setSeen(null);
    setDone(null);
    setProblem(null);
  };
  const during = async (work: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    await work().catch((error) => setProblem(codeOf(error)));
    setBusy(false);
  };
  const look = (file: File) =>
    during(async () => {
      setSeen(null);
      setSeen({ file, preview: await directory.preview(kind, file) });
    });
  const apply = ({ file, preview }: Seen, partial: boolean) =>
    during(async () => {
      setDone((await directory.apply(kind, file, preview.token, partial)).counts);
      setSeen(null);
    });
  const told = (value: number) => number(value, language.value);
  return (
    <>
      <p class="lead">{text.lead}</p>
      <div class="import">
        {kinds.length > 1 && (
          <fieldset class="import-kinds">
            <legend class="field-label">{text.kind}</legend>
            {kinds.map((each) => (
              <label key={each} class="check">
                <input
                  type="radio"
                  name="kind"
                  checked={each === kind}
                  onChange={() => {
                    setKind(each);
                    anew();
                  }}
                />
                <span>{text.kinds[each]}</span>
              </label>
            ))}
          </fieldset>
        )}
        <p class="soft">{kind === "offices" ? text.officesHint : text.peopleHint}</p>
        <div class="buttons import-files">
          <a class="button" href={directory.templateFile(kind)} download>
            <Icon name="download" />
            {text.template}
          </a>
          <a class="button" href={directory.exportFile(kind)} download>
            <Icon name="download" />
            {text.current}
          </a>
        </div>
        <label class="field">
          <span>{text.file}</span>
          <input
            key={kind}
            class="file-field"
            type="file"
            accept=".xlsx,.csv"
            disabled={busy}
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              anew();
              if (file) void look(file);
            }}
          />
          <small>{text.fileHint}</small>
        </label>
      </div>
      <p role="status" class={done ? "import-done" : "soft"}>
        {busy && text.busy}
        {done && text.done(told(done.new), told(done.changed))}
        {done && kind === "people" && done.new > 0 && ` ${text.passwords}`}
      </p>
      <Problem code={problem} />
      {problem === "directory_changed" && seen && (
        <button type="button" class="button" onClick={() => void look(seen.file)}>
          {text.look}
        </button>
      )}
      {seen && (
        <PreviewOf
          key={seen.preview.token}
          preview={seen.preview}
          busy={busy}
          apply={(partial) => void apply(seen, partial)}
        />
      )}
    </>
  );
}
