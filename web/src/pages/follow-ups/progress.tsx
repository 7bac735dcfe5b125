import { useRef } from "preact/hooks";
import { followUps, type Move } from "../../api/follow-ups";
import { Choices } from "../../components/choices";
import { t } from "../../locales";
import { read } from "../../state/directory";
import { Field } from "../directory/fields";
import type { Changing } from "./item";
import { Refused } from "./refused";
import { useChange } from "./use-change";

const STATES = [
  ["rest", "belum_mulai"],
  ["start", "dalam_proses"],
  ["wait", "menunggu_pihak_lain"],
] as const;

/** What the office that does it has to say: how far it is, and that it is done. */
export function Progress({ item, set, again }: Changing) {
  const form = useRef<HTMLFormElement>(null);
  const change = useChange((fresh) => {
    set(fresh);
    const remark = form.current?.elements.namedItem("text");
    if (remark instanceof HTMLTextAreaElement) remark.value = "";
  });
  const text = t.value.followUps;
  const may = (move: Move) => item.may.moves.includes(move);
  const send = (move: Move) => {
    if (!form.current) return;
    const given = new FormData(form.current);
    const percent = read(given, "percent");
    void change.run(() =>
      followUps.move(item.id, {
        move,
        version: item.version,
        text: read(given, "text"),
        percent: percent === "" ? null : Number(percent),
      }),
    );
  };
  const open = may("start");
  const current = STATES.find(([, status]) => status === item.status)?.[0] ?? "start";
  return (
    <section class="card move" aria-labelledby="perkembangan">
      <h2 id="perkembangan">{open ? text.report.title : text.item.progress}</h2>
      <form
        ref={form}
        onInput={change.forget}
        onSubmit={(event) => {
          event.preventDefault();
          send(open ? (read(new FormData(event.currentTarget), "move") as Move) : "take_back");
        }}
      >
        <Refused code={change.problem} again={again} />
        {open && (
          <div class="pair" key={item.status}>
            <Field label={text.report.status}>
              <Choices
                name="move"
                value={current}
                options={STATES.map(([move, status]) => [move, text.status[status]] as const)}
              />
            </Field>
            <Field label={text.report.percent}>
              <input
                name="percent"
                type="number"
                min={0}
                max={99}
                step={1}
                defaultValue={String(item.percent)}
              />
            </Field>
          </div>
        )}
        <Field label={text.report.remark} hint={text.report.remarkHint}>
          <textarea name="text" rows={2} maxLength={2000} />
        </Field>
        {open && item.evidence === 0 && <p class="soft form-hint">{text.report.evidenceFirst}</p>}
        <div class="buttons move-end">
          <button type="submit" class={open ? "button button-main" : "button"} disabled={change.busy}>
            {open ? text.report.save : text.report.takeBack}
          </button>
          {open && (
            <button
              type="button"
              class="button"
              disabled={change.busy || item.evidence === 0}
              onClick={() => send("report")}
            >
              {text.report.done}
            </button>
          )}
          <span role="status" class="move-saved">
            {change.saved ? text.report.saved : ""}
          </span>
        </div>
      </form>
    </section>
  );
}
