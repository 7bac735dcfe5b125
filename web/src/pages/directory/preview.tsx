import { useState } from "preact/hooks";
import type { Outcome, Preview, PreviewRow } from "../../api/directory";
import { number } from "../../format/time";
import { language, t } from "../../locales";
import { firstShown, OUTCOMES, offer, shown } from "../../state/importing";

interface Props {
  preview: Preview;
  busy: boolean;
  apply: (partial: boolean) => void;
}

/** What an import would do, one kind of outcome at a time, and the button that does it. */
export function PreviewOf({ preview, busy, apply }: Props) {
  const [outcome, show] = useState<Outcome>(() => firstShown(preview.counts));
  const text = t.value.directory.table;
  const told = (value: number) => number(value, language.value);
  const { rows, partial } = offer(preview.counts);
  const seen = shown(preview, outcome);
  return (
    <section class="preview" aria-labelledby="pratinjau">
      <h2 id="pratinjau">{text.preview}</h2>
      {preview.ignored.length > 0 && (
        <p class="notice notice-warn">{text.ignored(preview.ignored.join(", "))}</p>
      )}
      <fieldset class="preview-outcomes">
        <legend class="visually-hidden">{text.show}</legend>
        {OUTCOMES.map((each) => (
          <label key={each} class={`outcome outcome-${each}`}>
            <input
              type="radio"
              name="outcome"
              class="visually-hidden"
              checked={each === outcome}
              disabled={preview.counts[each] === 0}
              onChange={() => show(each)}
            />
            <span class="numbers">{text.counted(text.outcomes[each], told(preview.counts[each]))}</span>
          </label>
        ))}
      </fieldset>
      <ul class="card preview-rows">
        {seen.rows.map((row) => (
          <Row key={row.number} row={row} />
        ))}
        {seen.more > 0 && <li class="soft">{text.more(told(seen.more))}</li>}
      </ul>
      <div class="preview-end">
        <p class="soft">
          {rows === 0 && (partial ? text.allWrong : text.nothing)}
          {rows > 0 && partial && text.someWrong}
        </p>
        {rows > 0 && (
          <button type="button" class="button button-main" disabled={busy} onClick={() => apply(partial)}>
            {partial ? text.applyRight(told(rows)) : text.apply(told(rows))}
          </button>
        )}
      </div>
    </section>
  );
}

function Row({ row }: { row: PreviewRow }) {
  const text = t.value.directory.table;
  const errors = t.value.errors as Record<string, unknown>;
  // The server tells details in Indonesian; in English what stands for the code.
  const detail = (code: string, told: string) =>
    language.value === "id" || typeof errors[code] !== "string" ? told : (errors[code] as string);
  const change = ({ column, before, after }: PreviewRow["changes"][number]) =>
    before ? text.change(column, before, after || text.blank) : text.value(column, after);
  return (
    <li>
      <p class="preview-row">
        <strong>{row.label}</strong>
        <span class="soft numbers">{text.row(String(row.number))}</span>
      </p>
      {row.wrong.map((each) => (
        <p key={`${each.column}${each.code}`} class="preview-wrong">
          <strong>{each.column}</strong> {detail(each.code, each.detail)}
        </p>
      ))}
      {row.changes.length > 0 && (
        <p class="preview-changes">
          {row.changes.map((each) => (
            <span key={each.column}>{change(each)}</span>
          ))}
        </p>
      )}
    </li>
  );
}
