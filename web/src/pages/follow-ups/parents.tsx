import { useState } from "preact/hooks";
import type { Board, Category, Parent } from "../../api/follow-ups";
import { dayText, number, shortDate } from "../../format/time";
import { language, t } from "../../locales";
import { homeZone, useServices } from "../../services";
import { Bar } from "./whole";

const SHOWN = 6;

/** Each item of a notula over all its offices, the most pressing first. */
export function Parents({ parents, open }: { parents: readonly Parent[]; open: (id: string) => void }) {
  const [all, setAll] = useState(false);
  const text = t.value.followUps;
  const rest = parents.length - SHOWN;
  return (
    <section class="card parents" aria-labelledby="menurut-butir">
      <h2 id="menurut-butir">{text.byItem}</h2>
      <ul>
        {(all ? parents : parents.slice(0, SHOWN)).map((each) => (
          <Row key={each.id} parent={each} open={() => open(each.id)} />
        ))}
      </ul>
      {rest > 0 && (
        <button type="button" class="button button-small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? text.fewer : text.more(number(rest, language.value))}
        </button>
      )}
    </section>
  );
}

function Row({ parent, open }: { parent: Parent; open: () => void }) {
  const zone = homeZone(useServices().me.value);
  const text = t.value.followUps;
  const told = (value: number) => number(value, language.value);
  const held = shortDate(new Date(parent.meeting.date), zone, language.value);
  const due = parent.due ? `${text.columns.due} ${dayText(parent.due, language.value)}` : text.noDue;
  return (
    <li>
      <button type="button" class="parent" onClick={open}>
        <span class="parent-text">{parent.text}</span>
        <small>
          {due} · {parent.meeting.title}, {held}
        </small>
        <Bar counted={parent} />
        <span class="numbers parent-count">
          <strong>{text.doneOf[parent.unit](told(parent.done), told(parent.offices))}</strong>
          {parent.late > 0 && <span class="late">{text.lateOf(told(parent.late))}</span>}
        </span>
      </button>
    </li>
  );
}

interface CategoriesProps {
  categories: Board["categories"];
  open: (category: Category) => void;
}

export function Categories({ categories, open }: CategoriesProps) {
  const text = t.value.followUps;
  const told = (value: number) => number(value, language.value);
  return (
    <section class="card parents" aria-labelledby="menurut-kategori">
      <h2 id="menurut-kategori">{text.byCategory}</h2>
      <ul>
        {categories.map((each) => (
          <li key={each.category}>
            <button type="button" class="parent" onClick={() => open(each.category)}>
              <span class="parent-text">{text.categories[each.category]}</span>
              <Bar counted={each} />
              <span class="numbers parent-count">
                <span>{text.itemsDone(told(each.done), told(each.offices))}</span>
                {each.late > 0 && <span class="late">{text.lateOf(told(each.late))}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
