/** The secretariat says who spoke at a shared seat. */

import { useState } from "preact/hooks";
import type { Line } from "../../api/types";
import { Dialog } from "../../components/dialog";
import { codeOf, Problem } from "../../components/feedback";
import { t } from "../../locales";
import { useServices } from "../../services";

interface Props {
  line: Line;
  /** Positions of who has been named in this meeting, by name: at a shared seat the same few speak. */
  known: ReadonlyMap<string, string>;
  close: () => void;
  named: (line: Line) => void;
}

export function SpeakerDialog({ line, known, close, named }: Props) {
  const { api } = useServices();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const text = t.value.transcript;
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    try {
      named(await api.setSpeaker(line.id, String(form.get("name")), String(form.get("position"))));
      close();
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={text.setTitle} close={close}>
      <p class="soft">{text.setLead}</p>
      <blockquote class="quoted">{line.text}</blockquote>
      {/* biome-ignore lint/a11y/useMediaCaption: its words stand above it */}
      <audio class="quoted-sound" controls src={line.audio} />
      <form onSubmit={save}>
        <label class="field">
          <span>{text.name}</span>
          <input
            name="name"
            list="pembicara"
            autocomplete="off"
            required
            minLength={2}
            maxLength={120}
            defaultValue={line.speaker ?? ""}
            onChange={(event) => fill(event.currentTarget, known)}
          />
          <datalist id="pembicara">
            {[...known.keys()].map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </label>
        <label class="field">
          <span>{text.position}</span>
          <input name="position" maxLength={120} defaultValue={line.position ?? ""} />
        </label>
        <Problem code={problem} />
        <div class="buttons">
          <button type="button" class="button" onClick={close}>
            {t.value.app.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={busy}>
            {t.value.app.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** The position of a name that is known already, where none is written yet. */
function fill(name: HTMLInputElement, known: ReadonlyMap<string, string>): void {
  const position = name.form?.elements.namedItem("position");
  if (position instanceof HTMLInputElement && position.value === "")
    position.value = known.get(name.value) ?? "";
}
