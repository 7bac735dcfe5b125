/** The notula as it is printed: its heading, then its sections in the official order. */

import { useComputed } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { Icon } from "../../components/icons";
import { number } from "../../format/time";
import { language } from "../../locales";
import { words } from "../../locales/notula-pages";
import { type Any, added, blank, listed, type Place, places, type Section } from "../../state/notula/content";
import type { Clash } from "../../state/notula/merging";
import { FieldClashes } from "./clash";
import { useDesk } from "./desk";
import { Facts } from "./facts";
import { StatementRow } from "./statement";
import { useProposals } from "./use-proposals";

export function Sheet() {
  const { manuscript } = useDesk();
  const content = manuscript.content.value;
  const all = places(content);
  const sections = [...new Set(all.map(({ section }) => section))];
  useUndo();
  return (
    <div class="sheet card">
      <FieldClashes />
      <Facts />
      {(
        [
          "opening",
          "discussion",
          ...sections.filter((each) => each !== "opening" && each !== "discussion"),
        ] as const
      ).map((section) => (
        <SectionPart
          key={section}
          section={section}
          places={all.filter((each) => each.section === section)}
        />
      ))}
    </div>
  );
}

/** Ctrl+Z outside of fields; within one it is the browser's own. */
function useUndo(): void {
  const { manuscript } = useDesk();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const field = (event.target as HTMLElement | null)?.closest("input, textarea, select, dialog");
      if (field || event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      manuscript.undo();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}

function SectionPart({ section, places: parts }: { section: Section; places: Place[] }) {
  const { manuscript } = useDesk();
  const text = words.value;
  const editable = manuscript.notula.value.may.edit;
  return (
    <section class="sheet-section" id={`bagian-${section}`} aria-labelledby={`judul-${section}`}>
      <header class="sheet-head">
        <h2 id={`judul-${section}`}>{text.sections[section]}</h2>
        {section === "discussion" && editable && <NameSwitch />}
      </header>
      {parts.length === 0 && <p class="soft sheet-nothing">{text.nothing}</p>}
      {parts.map((place) => (
        <PlacePart key={place.key} place={place} />
      ))}
      {section === "decisions" && <Votes />}
    </section>
  );
}

function PlacePart({ place }: { place: Place }) {
  const { manuscript, citing } = useDesk();
  const text = words.value;
  const content = manuscript.content.value;
  const list = listed(content, place);
  const lacks = manuscript.lacks.value;
  const clashes = useClashes();
  const proposals = useProposals();
  const editable = manuscript.notula.value.may.edit;
  const name = place.item || text.sections[place.section];
  return (
    <>
      {place.section === "discussion" && <h3 class="sheet-item">{place.item || text.underNone}</h3>}
      {list.length === 0 && !editable && <p class="soft sheet-nothing">{text.nothing}</p>}
      {list.length > 0 && (
        <ol class="statements">
          {list.map((statement, index) => (
            <StatementRow
              key={statement.id}
              statement={statement}
              section={place.section}
              place={place.key}
              called={text.point(name, number(index + 1, language.value))}
              number={index + 1}
              last={index === list.length - 1}
              editable={editable}
              cited={citing.value === statement.id}
              lack={lacks.get(statement.id) ?? null}
              clash={clashes.get(statement.id) ?? null}
              proposals={proposals.get(statement.id) ?? null}
              mayPropose={manuscript.notula.value.may.propose}
              mayAnswer={manuscript.notula.value.may.answer}
            />
          ))}
        </ol>
      )}
      {editable && (
        <button
          type="button"
          class="button button-quiet button-small sheet-add"
          aria-label={text.addTo(name)}
          onClick={() => write(manuscript.content.value, place)}
        >
          <Icon name="plus" />
          {text.add}
        </button>
      )}
    </>
  );

  function write(now: typeof content, where: Place) {
    const statement = fresh();
    manuscript.change(added(now, where, statement));
    focusSoon(statement.id);
  }
}

export function fresh(): Any {
  return blank(`h-${crypto.randomUUID()}`);
}

/** A statement that has just been drawn takes the keyboard. */
export function focusSoon(id: string): void {
  requestAnimationFrame(() => document.getElementById(`isi-${id}`)?.focus());
}

function useClashes(): ReadonlyMap<string, Clash> {
  const { manuscript } = useDesk();
  return useComputed(
    () =>
      new Map(
        manuscript.clashes.value.flatMap((each) =>
          each.kind === "statement" && each.theirs !== null ? [[each.id, each] as const] : [],
        ),
      ),
  ).value;
}

/** Named or not, for everybody at once; each can be set by itself besides. */
function NameSwitch() {
  const { manuscript } = useDesk();
  const text = words.value;
  const set = (named: boolean) => {
    const content = manuscript.content.value;
    manuscript.change({
      ...content,
      discussion: content.discussion.map((each) => ({
        ...each,
        contributions: each.contributions.map((one) => (one.named === named ? one : { ...one, named })),
      })),
    });
  };
  return (
    <fieldset class="sheet-names">
      <legend class="visually-hidden">{text.named}</legend>
      <button type="button" class="button button-quiet button-small" onClick={() => set(true)}>
        {text.allNamed}
      </button>
      <button type="button" class="button button-quiet button-small" onClick={() => set(false)}>
        {text.noneNamed}
      </button>
    </fieldset>
  );
}

function Votes() {
  const { manuscript } = useDesk();
  const text = words.value;
  const votes = manuscript.content.value.votes;
  if (votes.length === 0) return null;
  const count = (value: number) => number(value, language.value);
  return (
    <div class="sheet-votes">
      <h3>{text.votes}</h3>
      <ul>
        {votes.map((vote) => (
          <li key={`${vote.at}`}>
            {vote.question}{" "}
            <span class="soft">{text.vote(count(vote.yes), count(vote.no), count(vote.abstain))}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
