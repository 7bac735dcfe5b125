/** Blackens a passage; why is kept with what stood there. */

import type { Line } from "../../api/types";
import { Dialog } from "../../components/dialog";
import { t } from "../../locales";
import { goTo, useDesk } from "./desk";

interface Props {
  line: Line;
  start: number;
  end: number;
  close: () => void;
}

export function RedactDialog({ line, start, end, close }: Props) {
  const desk = useDesk();
  const text = t.value.editing;
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    const why = String(new FormData(event.currentTarget as HTMLFormElement).get("why")).trim();
    desk.editing?.do(line, (of) => ({ ...of, kind: "redact", start, end, why }));
    close();
    goTo(desk, line);
  };
  return (
    <Dialog title={text.redactTitle} close={close}>
      <blockquote class="quoted">{line.text.slice(start, end)}</blockquote>
      <p class="soft">{text.redactLead}</p>
      <form onSubmit={save}>
        <label class="field">
          <span>{text.redactWhy}</span>
          <input name="why" required minLength={3} maxLength={500} placeholder={text.redactExample} />
        </label>
        <div class="buttons">
          <button type="button" class="button" onClick={close}>
            {t.value.app.cancel}
          </button>
          <button type="submit" class="button button-main">
            {text.redact}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
