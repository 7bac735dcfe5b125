/** Whether everything is saved, and one step back. */

import { Problem } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { number } from "../../format/time";
import { language } from "../../locales";
import { words } from "../../locales/notula-pages";
import { useDesk } from "./desk";

export function StatusBar() {
  const { manuscript } = useDesk();
  const text = words.value;
  const saving = manuscript.saving.value;
  const lacks = manuscript.lacks.value;
  const first = [...lacks.keys()][0];
  if (!manuscript.notula.value.may.edit && saving.how === "saved") return null;
  return (
    <div class="status-bar card">
      <p role="status" class={saving.how === "saved" ? "status-saved" : undefined}>
        {saving.how === "saved" && <Icon name="check" />}
        {first && saving.how === "saved" ? text.restSaved : text.saving[saving.how]}
      </p>
      {first && (
        <button
          type="button"
          class="button button-small status-held"
          onClick={() => document.getElementById(`isi-${first}`)?.focus()}
        >
          <Icon name="warning" />
          {text.held(number(lacks.size, language.value))}
        </button>
      )}
      {saving.how === "refused" && <Problem code={saving.code} />}
      {(saving.how === "refused" || saving.how === "offline") && (
        <button type="button" class="button button-small" onClick={() => void manuscript.flush()}>
          {text.save}
        </button>
      )}
      {manuscript.notula.value.may.edit && !first && saving.how === "saved" && (
        <small class="soft status-keys" id="kunci-butir">
          {text.keys}
        </small>
      )}
      <button
        type="button"
        class="button button-small status-undo"
        disabled={!manuscript.undoable.value}
        aria-keyshortcuts="Control+Z"
        onClick={() => manuscript.undo()}
      >
        {text.undo}
      </button>
    </div>
  );
}
