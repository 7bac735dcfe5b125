/** The fields of a statement, by what it is. They are taken over as they are written. */

import type { ComponentChildren } from "preact";
import type { Who } from "../../api/notula";
import { Icon } from "../../components/icons";
import { words } from "../../locales/notula-pages";
import { type Any, changed, listed, NOBODY, places, type Section } from "../../state/notula/content";
import { useDesk } from "./desk";

interface Props {
  statement: Any;
  set: (fields: Partial<Any>, field: string) => void;
}

export function Fields({ statement, section }: { statement: Any; section: Section }) {
  const { manuscript } = useDesk();
  const set = (fields: Partial<Any>, field: string) =>
    manuscript.change(
      changed(manuscript.content.value, statement.id, fields),
      `${statement.id}.${field}`,
      performance.now(),
    );
  switch (section) {
    case "opening":
    case "discussion":
    case "closing":
      return <OfContribution statement={statement} set={set} />;
    case "decisions":
      return <OfDecision statement={statement} set={set} />;
    case "directions":
      return (
        <WhoFields label={words.value.by} who={statement.by ?? NOBODY} set={(by) => set({ by }, "by")} />
      );
    case "problems":
      return <OfProblem statement={statement} set={set} />;
    case "follow_ups":
      return <OfFollowUp statement={statement} set={set} />;
    default:
      return null;
  }
}

function OfContribution({ statement, set }: Props) {
  const text = words.value;
  return (
    <>
      <label class="check field">
        <input
          type="checkbox"
          checked={statement.named ?? true}
          onChange={(event) => set({ named: event.currentTarget.checked }, "named")}
        />
        <span>{text.named}</span>
      </label>
      <Select
        label={text.manner}
        value={statement.manner ?? "remark"}
        options={text.manners}
        set={(manner) => set({ manner }, "manner")}
      />
      <WhoFields
        label={text.speaker}
        who={statement.speaker ?? NOBODY}
        set={(speaker) => set({ speaker }, "speaker")}
      />
      <Lines label={text.law} list={statement.law ?? []} set={(law) => set({ law }, "law")} />
    </>
  );
}

function OfDecision({ statement, set }: Props) {
  const text = words.value;
  return (
    <>
      <Select
        label={text.how}
        value={statement.how ?? ""}
        options={text.hows}
        set={(how) => set({ how }, "how")}
      />
      <Lines label={text.basis} list={statement.basis ?? []} set={(basis) => set({ basis }, "basis")} />
      <Long
        label={text.objections}
        value={statement.objections ?? ""}
        set={(objections) => set({ objections }, "objections")}
      />
    </>
  );
}

function OfProblem({ statement, set }: Props) {
  const text = words.value;
  return (
    <>
      <Short label={text.stage} value={statement.stage ?? ""} set={(stage) => set({ stage }, "stage")} />
      <Short label={text.owner} value={statement.owner ?? ""} set={(owner) => set({ owner }, "owner")} />
      <Long label={text.impact} value={statement.impact ?? ""} set={(impact) => set({ impact }, "impact")} />
      <Long
        label={text.mitigation}
        value={statement.mitigation ?? ""}
        set={(mitigation) => set({ mitigation }, "mitigation")}
      />
    </>
  );
}

function OfFollowUp({ statement, set }: Props) {
  const text = words.value;
  return (
    <>
      <Lines label={text.owners} list={statement.owners ?? []} set={(owners) => set({ owners }, "owners")} />
      <label class="field">
        <span>{text.due}</span>
        <input
          type="date"
          value={statement.due ?? ""}
          onChange={(event) => set({ due: event.currentTarget.value || null }, "due")}
        />
      </label>
      <Select
        label={text.priority}
        value={statement.priority ?? "biasa"}
        options={text.priorities}
        set={(priority) => set({ priority }, "priority")}
      />
      <Select
        label={text.category}
        value={statement.category ?? "lainnya"}
        options={text.categories}
        set={(category) => set({ category }, "category")}
      />
      <Offices statement={statement} set={set} />
      <Lines
        label={text.related}
        list={statement.related ?? []}
        set={(related) => set({ related }, "related")}
      />
      <Source statement={statement} set={set} />
    </>
  );
}

function Offices({ statement, set }: Props) {
  const { offices } = useDesk();
  const text = words.value;
  const chosen = statement.offices ?? [];
  const all = statement.all_offices ?? false;
  const name = (id: string) => offices.value.find((each) => each.id === id)?.short_name ?? id;
  return (
    <fieldset class="statement-offices">
      <legend class="field-label">{text.offices}</legend>
      <label class="check">
        <input
          type="checkbox"
          checked={all}
          onChange={(event) => set({ all_offices: event.currentTarget.checked }, "all_offices")}
        />
        <span>{text.allOffices}</span>
      </label>
      {!all && (
        <>
          <ul class="statement-chosen">
            {chosen.map((id) => (
              <li key={id} class="badge">
                {name(id)}
                <button
                  type="button"
                  class="cite-drop"
                  aria-label={text.dropOffice(name(id))}
                  onClick={() => set({ offices: chosen.filter((each) => each !== id) }, "offices")}
                >
                  <Icon name="close" />
                </button>
              </li>
            ))}
          </ul>
          <select
            aria-label={text.addOffice}
            value=""
            onChange={(event) => {
              const id = event.currentTarget.value;
              if (id) set({ offices: [...chosen, id] }, "offices");
            }}
          >
            <option value="">{text.addOffice}</option>
            {offices.value
              .filter(({ id }) => !chosen.includes(id))
              .map((each) => (
                <option key={each.id} value={each.id}>
                  {each.short_name}
                </option>
              ))}
          </select>
        </>
      )}
    </fieldset>
  );
}

/** The decision or direction that a follow-up follows from. */
function Source({ statement, set }: Props) {
  const { manuscript } = useDesk();
  const text = words.value;
  const content = manuscript.content.value;
  const sources = places(content)
    .filter(({ section }) => section === "decisions" || section === "directions" || section === "conclusions")
    .flatMap((place) =>
      listed(content, place).map(
        (each, index) =>
          [each.id, `${text.point(text.sections[place.section], String(index + 1))}: ${each.text}`] as const,
      ),
    );
  return (
    <label class="field">
      <span>{text.source}</span>
      <select
        value={statement.source ?? ""}
        onChange={(event) => set({ source: event.currentTarget.value }, "source")}
      >
        <option value="">{text.noSource}</option>
        {sources.map(([id, label]) => (
          <option key={id} value={id}>
            {label.length > 80 ? `${label.slice(0, 80)}…` : label}
          </option>
        ))}
      </select>
    </label>
  );
}

export function WhoFields({ label, who, set }: { label: string; who: Who; set: (who: Who) => void }) {
  const text = words.value.person;
  return (
    <fieldset class="who-fields">
      <legend class="field-label">{label}</legend>
      <Short label={text.name} value={who.name} set={(name) => set({ ...who, name })} />
      <Short label={text.position} value={who.position} set={(position) => set({ ...who, position })} />
      <Short label={text.office} value={who.office} set={(office) => set({ ...who, office })} />
    </fieldset>
  );
}

interface TextProps {
  label: string;
  value: string;
  set: (value: string) => void;
  hint?: ComponentChildren;
}

export function Short({ label, value, set, hint }: TextProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <input value={value} maxLength={300} onInput={(event) => set(event.currentTarget.value)} />
      {hint && <small>{hint}</small>}
    </label>
  );
}

export function Long({ label, value, set, hint }: TextProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <textarea value={value} maxLength={4000} onInput={(event) => set(event.currentTarget.value)} />
      {hint && <small>{hint}</small>}
    </label>
  );
}

/** A list as lines; taken over when the field is left, since a line that is being written may still be empty. */
export function Lines({
  label,
  list,
  set,
}: {
  label: string;
  list: readonly string[];
  set: (list: string[]) => void;
}) {
  const text = words.value;
  return (
    <label class="field">
      <span>{label}</span>
      <textarea
        value={list.join("\n")}
        onChange={(event) => set(lines(event.currentTarget.value).map((line) => line.slice(0, 300)))}
      />
      <small>{text.onePerLine}</small>
    </label>
  );
}

export function lines(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

interface SelectProps<Key extends string> {
  label: string;
  value: Key;
  options: Record<Key, string>;
  set: (value: Key) => void;
}

export function Select<Key extends string>({ label, value, options, set }: SelectProps<Key>) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => set(event.currentTarget.value as Key)}>
        {(Object.keys(options) as Key[]).map((each) => (
          <option key={each} value={each}>
            {options[each]}
          </option>
        ))}
      </select>
    </label>
  );
}
