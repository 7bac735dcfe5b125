/** How much data the meeting may cost this person. A choice acts at once; the dialog only closes. */

import { useId } from "preact/hooks";
import { Dialog } from "../../components/dialog";
import { t } from "../../locales";
import type { Call } from "../../state/call";
import type { Mode } from "../../state/watch";
import "./mode-dialog.css";

const MODES: readonly Mode[] = ["full", "saving", "audio"];

export function ModeDialog({ call, close }: { call: Call; close: () => void }) {
  const text = t.value.mode;
  const chosen = call.view.mode.value;
  const id = useId();
  return (
    <Dialog title={text.title} close={close}>
      <fieldset class="modes">
        <legend class="visually-hidden">{text.title}</legend>
        {MODES.map((mode) => (
          <label key={mode} class="mode">
            <input
              type="radio"
              name="mode"
              aria-labelledby={`${id}-${mode}`}
              aria-describedby={`${id}-${mode}-hint`}
              checked={mode === chosen}
              onChange={() => call.view.setMode(mode)}
            />
            <span>
              <strong id={`${id}-${mode}`}>{text.names[mode]}</strong>
              <small id={`${id}-${mode}-hint`}>{text.hints[mode]}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <p class="modes-note">{text.lead}</p>
    </Dialog>
  );
}
