/** What is known about a statement besides its words, and the form in which that is changed, and its place. */

import { useState } from "preact/hooks";
import { Icon } from "../../components/icons";
import { dayText } from "../../format/time";
import { language } from "../../locales";
import { words } from "../../locales/notula-pages";
import {
  type Any,
  added,
  type Place,
  places,
  removed,
  type Section,
  stepped,
  transferred,
} from "../../state/notula/content";
import { useDesk } from "./desk";
import { focusSoon, fresh } from "./sheet";
import { Fields } from "./statement-fields";

/** Who said it and of what kind it is; of a follow-up who does it and until when. */
export function About({ statement, editable }: { statement: Any; editable: boolean }) {
  const { offices } = useDesk();
  const text = words.value;
  const said = statement.speaker ?? statement.by;
  // As it is printed: who is not to be named is named to nobody but who writes it.
  const who = statement.named === false && !editable ? null : said;
  const facts: string[] = [];
  if (statement.stage) facts.push(statement.stage);
  if (statement.how) facts.push(text.hows[statement.how]);
  if (statement.all_offices) facts.push(text.allOffices);
  facts.push(...(statement.owners ?? []), ...(statement.owner ? [statement.owner] : []));
  for (const id of statement.offices ?? [])
    facts.push(offices.value.find((each) => each.id === id)?.short_name ?? id);
  if (statement.due !== undefined)
    facts.push(statement.due ? text.dueAt(dayText(statement.due, language.value)) : text.noDue);
  facts.push(...(statement.basis ?? []), ...(statement.law ?? []));
  return (
    <p class="statement-about">
      {who?.name && <strong>{[who.name, who.position, who.office].filter(Boolean).join(", ")} </strong>}
      {statement.manner && <span class="badge">{text.manners[statement.manner]}</span>}{" "}
      {statement.priority === "segera" && <span class="badge badge-warn">{text.priorities.segera}</span>}{" "}
      {facts.map((fact, index) => (
        <span key={index} class="statement-fact">
          {fact}{" "}
        </span>
      ))}
      {statement.named === false && <span class="badge">{text.unnamed}</span>}{" "}
      {statement.origin !== "hand" && (
        <span class="soft statement-origin">{text.origins[statement.origin]}</span>
      )}
    </p>
  );
}

interface Props {
  statement: Any;
  section: Section;
  place: string;
  called: string;
}

export function Arrange({ statement, section, place, called }: Props) {
  const { manuscript } = useDesk();
  const [open, setOpen] = useState(false);
  const text = words.value;
  const { id } = statement;
  const act = (change: (content: typeof manuscript.content.value) => typeof manuscript.content.value) =>
    manuscript.change(change(manuscript.content.value));
  const move = (step: 1 | -1) => act((content) => stepped(content, id, step));
  const add = () => {
    const next = fresh();
    act((content) => {
      const where = places(content).find(({ key }) => key === place);
      return where ? added(content, where, next, id) : content;
    });
    focusSoon(next.id);
  };
  return (
    <details class="statement-more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary aria-label={text.manageOf(called)}>{text.manage}</summary>
      {open && (
        <div class="statement-form">
          <div class="buttons">
            <button type="button" class="button button-small" onClick={() => move(-1)}>
              <Icon name="up" />
              {text.up}
            </button>
            <button type="button" class="button button-small" onClick={() => move(1)}>
              <Icon name="down" />
              {text.down}
            </button>
            <button type="button" class="button button-small" onClick={add}>
              <Icon name="plus" />
              {text.addBelow}
            </button>
            <button
              type="button"
              class="button button-small"
              onClick={() => act((content) => removed(content, id))}
            >
              <Icon name="close" />
              {text.remove}
            </button>
          </div>
          <MoveTo id={id} place={place} />
          <Fields statement={statement} section={section} />
        </div>
      )}
    </details>
  );
}

function MoveTo({ id, place }: { id: string; place: string }) {
  const { manuscript, citing } = useDesk();
  const text = words.value;
  const all = places(manuscript.content.value);
  const go = (to: Place) => {
    manuscript.change(transferred(manuscript.content.value, id, to));
    // What binds needs a citation: the lines to choose from are there at once.
    if (manuscript.lacks.value.get(id) === "citation") citing.value = id;
    focusSoon(id);
  };
  return (
    <label class="field">
      <span>{text.moveTo}</span>
      <select
        value=""
        onChange={(event) => {
          const to = all.find(({ key }) => key === event.currentTarget.value);
          if (to) go(to);
        }}
      >
        <option value="">{text.choose}</option>
        {all
          .filter(({ key }) => key !== place)
          .map((each) => (
            <option key={each.key} value={each.key}>
              {each.section === "discussion"
                ? text.inItem(each.item || text.underNone)
                : text.sections[each.section]}
            </option>
          ))}
      </select>
    </label>
  );
}
