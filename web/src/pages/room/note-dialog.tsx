/** Note an outcome, or correct one. */

import { useState } from "preact/hooks";
import { t } from "../../locales";
import type { Note, Outcome } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { AskDialog } from "./asking";

const KINDS: readonly Outcome["kind"][] = ["decision", "direction", "problem", "follow_up"];

interface Props {
  call: Call;
  /** null: a new one. */
  note: Note | null;
  close: () => void;
}

export function NoteDialog({ call, note, close }: Props) {
  const [kind, setKind] = useState<Outcome["kind"]>(note?.outcome.kind ?? "decision");
  const text = t.value.leading;
  const before = note?.outcome;
  return (
    <AskDialog
      call={call}
      title={note ? text.noteEdit : text.note}
      submit={text.noteSave}
      close={close}
      request={(form) => {
        const outcome = read(form, kind);
        return note ? { type: "change_note", note: note.id, outcome } : { type: "make_note", outcome };
      }}
    >
      <label class="field">
        <span>{text.noteKind}</span>
        <select value={kind} onChange={(event) => setKind(event.currentTarget.value as Outcome["kind"])}>
          {KINDS.map((each) => (
            <option key={each} value={each}>
              {text.kinds[each]}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{text.noteText}</span>
        <textarea name="text" rows={3} required maxLength={2000} defaultValue={before?.text} />
      </label>
      {kind === "follow_up" && (
        <>
          <label class="field">
            <span>{text.noteWho}</span>
            <input name="who" maxLength={200} autocomplete="off" defaultValue={before?.who} />
          </label>
          <label class="field">
            <span>{text.noteDue}</span>
            <input type="date" name="due" defaultValue={before?.due} />
          </label>
        </>
      )}
      {kind === "problem" && (
        <label class="field">
          <span>{text.noteStage}</span>
          <input name="stage" maxLength={200} autocomplete="off" defaultValue={before?.stage} />
        </label>
      )}
    </AskDialog>
  );
}

function read(form: FormData, kind: Outcome["kind"]): Outcome {
  const field = (name: string) => String(form.get(name) ?? "");
  return { kind, text: field("text"), who: field("who"), due: field("due"), stage: field("stage") };
}
