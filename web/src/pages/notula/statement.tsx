/** One statement: its words, what it rests on, and what can be done with it. */

import type { Proposal } from "../../api/notula";
import { Icon } from "../../components/icons";
import { still } from "../../components/still";
import { words } from "../../locales/notula-pages";
import { type Any, added, changed, places, removed, type Section, stepped } from "../../state/notula/content";
import type { Lack } from "../../state/notula/holding";
import type { Clash } from "../../state/notula/merging";
import { Citations, Quote } from "./citations";
import { ClashBox } from "./clash";
import { useDesk } from "./desk";
import { ProposalBox } from "./proposals";
import { focusSoon, fresh } from "./sheet";
import { About, Arrange } from "./statement-more";

interface Props {
  statement: Any;
  section: Section;
  /** Key of its place. */
  place: string;
  /** What it is called, for who does not see where it stands. */
  called: string;
  number: number;
  last: boolean;
  editable: boolean;
  /** Citations are being chosen for it. */
  cited: boolean;
  lack: Lack | null;
  clash: Clash | null;
  proposals: readonly Proposal[] | null;
  mayPropose: boolean;
  mayAnswer: boolean;
}

export const StatementRow = still(function Row(props: Props) {
  const { statement, section, called, editable, lack, clash, proposals } = props;
  const { proposing } = useDesk();
  const text = words.value;
  return (
    <li
      class={["statement", props.cited && "statement-cited", lack && "statement-lacking"]
        .filter(Boolean)
        .join(" ")}
      id={`butir-${statement.id}`}
    >
      <span class="statement-number numbers" aria-hidden="true">
        {props.number}.
      </span>
      <div class="statement-body">
        <About statement={statement} editable={editable} />
        {editable ? <Words {...props} /> : <p class="statement-words">{statement.text}</p>}
        {lack && (
          <p class="statement-lack" id={`kurang-${statement.id}`}>
            <Icon name="warning" />
            {text.lack[lack]}
          </p>
        )}
        <div class="statement-foot">
          <Citations statement={statement} called={called} editable={editable} />
          {editable && (
            <Arrange statement={statement} section={section} place={props.place} called={called} />
          )}
          {props.mayPropose && (
            <button
              type="button"
              class="button button-quiet button-small"
              aria-label={text.proposeOf(called)}
              onClick={() => {
                proposing.value = statement.id;
              }}
            >
              <Icon name="pen" />
              {text.propose}
            </button>
          )}
        </div>
        <Quote of={statement} />
        {clash && <ClashBox clash={clash} />}
        {proposals?.map((each) => (
          <ProposalBox key={each.id} proposal={each} mayAnswer={props.mayAnswer} />
        ))}
      </div>
    </li>
  );
});

function Words({ statement, called, lack, place }: Props) {
  const { manuscript, citing } = useDesk();
  const text = words.value;
  const { id } = statement;
  const keys = (event: KeyboardEvent & { currentTarget: HTMLTextAreaElement }) => {
    // An empty one that nothing is cited for goes as an empty line of a text does.
    if (event.key === "Backspace" && statement.text === "" && statement.cites.length === 0) {
      event.preventDefault();
      before(event.currentTarget)?.focus();
      manuscript.change(removed(manuscript.content.value, id));
    }
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const act = acts[event.key === "k" ? "K" : event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
  const acts: Record<string, () => void> = {
    ArrowUp: () => move(-1),
    ArrowDown: () => move(1),
    K: () => {
      citing.value = id;
    },
    Enter: () => {
      const next = fresh();
      const where = places(manuscript.content.value).find(({ key }) => key === place);
      if (where) manuscript.change(added(manuscript.content.value, where, next, id));
      focusSoon(next.id);
    },
  };
  const move = (step: 1 | -1) => {
    manuscript.change(stepped(manuscript.content.value, id, step));
    focusSoon(id);
  };
  return (
    <textarea
      id={`isi-${id}`}
      class="statement-words"
      aria-label={called}
      aria-describedby={lack ? `kurang-${id}` : "kunci-butir"}
      aria-invalid={lack !== null}
      aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Alt+K Alt+Enter"
      placeholder={text.placeholder}
      maxLength={4000}
      rows={Math.max(1, Math.ceil(statement.text.length / 72))}
      value={statement.text}
      onKeyDown={keys}
      onInput={(event) =>
        manuscript.change(
          changed(manuscript.content.value, id, { text: event.currentTarget.value }),
          `${id}.text`,
          performance.now(),
        )
      }
    />
  );
}

/** The field of the statement that stands above it on the sheet. */
function before(field: HTMLTextAreaElement): HTMLTextAreaElement | undefined {
  const all = [...document.querySelectorAll<HTMLTextAreaElement>("textarea.statement-words")];
  return all[all.indexOf(field) - 1];
}
