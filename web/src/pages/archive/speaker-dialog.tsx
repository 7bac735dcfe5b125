/** The secretariat says who spoke a line. */

import type { Line } from "../../api/types";
import { Dialog } from "../../components/dialog";
import { t } from "../../locales";
import { goTo, useDesk } from "./desk";

interface Props {
  line: Line;
  /** Positions of who has been named in this meeting, by name: at a shared seat the same few speak. */
  known: ReadonlyMap<string, string>;
  close: () => void;
}

export function SpeakerDialog({ line, known, close }: Props) {
  const desk = useDesk();
  const text = t.value.transcript;
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const [name, position] = ["name", "position"].map((field) => String(form.get(field)).trim());
    desk.editing?.do(line, (of) => ({ ...of, kind: "speaker", name: name ?? "", position: position ?? "" }));
    close();
    goTo(desk, line);
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
        <div class="buttons">
          <button type="button" class="button" onClick={close}>
            {t.value.app.cancel}
          </button>
          <button type="submit" class="button button-main">
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
