/** Two people wrote the same: both are shown where it stands, and a person chooses. */

import { Compared } from "../../components/compared";
import { words } from "../../locales/notula-pages";
import type { Clash } from "../../state/notula/merging";
import { useDesk } from "./desk";

export function ClashBox({ clash }: { clash: Clash }) {
  const { manuscript } = useDesk();
  const text = words.value;
  const mine = said(clash, clash.mine);
  const theirs = said(clash, clash.theirs);
  return (
    <section class="clash" aria-label={text.clash}>
      <strong>{text.clash}</strong>
      <dl>
        <dt>{text.clashTheirs}</dt>
        <dd>{theirs}</dd>
        <dt>{text.clashMine}</dt>
        <dd>
          {clash.mine === null || clash.theirs === null ? (
            mine
          ) : (
            <Compared before={theirs} after={mine} words={text} />
          )}
        </dd>
      </dl>
      <div class="buttons">
        <button type="button" class="button button-small" onClick={() => manuscript.choose(clash, true)}>
          {text.useMine}
        </button>
        <button type="button" class="button button-small" onClick={() => manuscript.choose(clash, false)}>
          {text.useTheirs}
        </button>
      </div>
    </section>
  );
}

/** Fields of the heading, and statements that somebody has removed: they have no row of their own. */
export function FieldClashes() {
  const { manuscript } = useDesk();
  const text = words.value;
  return (
    <>
      {manuscript.clashes.value
        .filter((each) => each.kind === "field" || each.theirs === null)
        .map((each) => (
          <div key={`${each.kind}${each.id}`}>
            <strong>
              {each.kind === "field" ? text.fields[each.id] : text.sections[each.place.section]}
            </strong>
            <ClashBox clash={each} />
          </div>
        ))}
    </>
  );
}

/** A statement's words, and whatever else of it the two wrote otherwise; a field as it would be typed. */
function said(clash: Clash, value: unknown): string {
  const text = words.value;
  if (value === null && clash.kind === "statement") return text.clashRemoved;
  if (clash.kind === "statement") return wordsOf(clash.mine, clash.theirs, value);
  return typed(value) || text.notFilled;
}

function wordsOf(mine: object | null, theirs: object | null, value: unknown): string {
  const shown = value as Record<string, unknown>;
  const other = ((value === mine ? theirs : mine) ?? {}) as Record<string, unknown>;
  const rest = Object.keys(shown).filter(
    (key) => key !== "text" && key !== "id" && key !== "cites" && typed(shown[key]) !== typed(other[key]),
  );
  const told = mine && theirs ? rest.map((key) => typed(shown[key])) : [];
  return [typed(shown.text), ...told].filter(Boolean).join(" · ");
}

function typed(value: unknown): string {
  if (Array.isArray(value)) return value.map(typed).join("; ");
  if (value && typeof value === "object") return Object.values(value).map(typed).filter(Boolean).join(", ");
  return value === null || value === undefined ? "" : String(value);
}
