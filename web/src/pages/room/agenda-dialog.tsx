/** Write the agenda as lines of text. */

import { useRef } from "preact/hooks";
import { t } from "../../locales";
import { read, written } from "../../state/agenda";
import type { Call } from "../../state/call";
import { AskDialog } from "./asking";
import { useRoom } from "./use-room";

export function AgendaDialog({ call, close }: { call: Call; close: () => void }) {
  const items = useRoom(call, (room) => room.agenda.items);
  const lines = useRef<HTMLTextAreaElement>(null);
  const text = t.value.leading;
  return (
    <AskDialog
      call={call}
      title={items.length ? text.agendaEdit : text.agendaWrite}
      submit={text.noteSave}
      close={close}
      wide
      request={(form) => ({
        type: "set_agenda",
        items: read(String(form.get("lines")), items, () => crypto.randomUUID().slice(0, 8)),
      })}
    >
      <label class="field">
        <span>{text.agendaLines}</span>
        <textarea
          ref={lines}
          name="lines"
          rows={9}
          maxLength={12_000}
          placeholder={text.agendaExample}
          defaultValue={written(items)}
        />
        <small>{text.agendaHint}</small>
      </label>
      {items.length === 0 && (
        <button
          type="button"
          class="button button-small"
          onClick={() => {
            if (lines.current) lines.current.value = text.usual;
          }}
        >
          {text.agendaUsual}
        </button>
      )}
    </AskDialog>
  );
}
