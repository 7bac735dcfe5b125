/** Above a transcript that is edited: undo, find and replace, who else is here, and whether everything is sent. */

import { useComputed } from "@preact/signals";
import type { Line } from "../../api/types";
import { Icon } from "../../components/icons";
import { useChords, useKeys } from "../../components/keys";
import { hue, initials } from "../../format/people";
import { number } from "../../format/time";
import { language, t } from "../../locales";
import type { Editing } from "../../state/editing/editing";
import { unsent } from "../../state/editing/outbox";
import { acts } from "./acts";
import { edit, goTo, lineOf, rowOf, useDesk } from "./desk";
import { selectedIn } from "./places";
import { Step } from "./review-bar";

export function EditingBar({ editing }: { editing: Editing }) {
  const desk = useDesk();
  const text = t.value.editing;
  const box = editing.box.value;
  const { past, future } = editing.stack.value;
  const ask = (what: "replace" | "keys") => () => {
    editing.leave();
    desk.asking.value = { what };
  };
  useLineKeys(editing);
  useKeys({ f: ask("replace"), "?": ask("keys") });
  useChords({
    "ctrl+z": outside(() => editing.undo()),
    "ctrl+y": outside(() => editing.redo()),
    "ctrl+shift+z": outside(() => editing.redo()),
  });
  return (
    <>
      <div class="editing-tools">
        <Step
          icon="undo"
          label={text.undo}
          hotkey="Ctrl+Z"
          press={() => editing.undo()}
          off={past.length + box.waiting.length === 0}
        />
        <Step
          icon="redo"
          label={text.redo}
          hotkey="Ctrl+Y"
          press={() => editing.redo()}
          off={future.length === 0}
        />
        <Step icon="swap" label={text.replace} hotkey="F" press={ask("replace")} />
        <Step icon="keyboard" label={text.keys} hotkey="?" press={ask("keys")} />
      </div>
      <People />
      <Sent editing={editing} />
    </>
  );
}

/** In a field they take back what was typed there, as everywhere. */
const outside = (act: () => void) => (typing: boolean) => {
  if (!typing) act();
  return !typing;
};

/** Keys that do something with the line the keyboard is at. */
function useLineKeys(editing: Editing): void {
  const desk = useDesk();
  const here = () => {
    const row = document.activeElement?.closest(".line") ?? selectedRow();
    return lineOf(desk, row?.id.replace(/^baris-/, "") ?? desk.cursor.peek());
  };
  const act = (name: "merge" | "speaker" | "inaudible" | "redact" | "history") => () => {
    const line = here();
    if (!line) return;
    const row = rowOf(line.id);
    const refuse = () => {
      editing.notice.value = {
        what: { code: name === "merge" ? "no_next" : "select_first" },
        left: 0,
        undo: false,
      };
    };
    acts(desk, line, refuse, () => row && selectedIn(row))[name]();
  };
  const step = (by: 1 | -1) => () => {
    const lines = desk.lines();
    const at = lines.findIndex((line) => line.id === here()?.id);
    const line = at < 0 ? lines[0] : lines[at + by];
    if (line) goTo(desk, line);
  };
  useKeys({
    j: step(1),
    k: step(-1),
    t: act("inaudible"),
    h: act("redact"),
    g: act("merge"),
    w: act("speaker"),
    r: act("history"),
    e: () => {
      const line = here();
      // Behind the key's own event: the letter is not to stand in the field.
      if (line) setTimeout(() => edit(desk, line));
    },
  });
  useChords({
    enter: (typing, event) => {
      const row = event.target as HTMLElement;
      const line = !typing && row.matches(".line") ? here() : undefined;
      if (line) edit(desk, line);
      return line !== undefined;
    },
  });
}

const selectedRow = () => getSelection()?.anchorNode?.parentElement?.closest(".line");

function People() {
  const desk = useDesk();
  const text = t.value.editing;
  const people = desk.others.value;
  if (people.length === 0) return null;
  return (
    <ul class="editing-people" aria-label={text.people}>
      {people.slice(0, 6).map((person) => {
        const line = lineOf(desk, person.line);
        const said = person.editing ? text.personEditing(person.name) : text.person(person.name);
        const face = (
          <>
            <span aria-hidden="true">{initials(person.name)}</span>
            <span class="visually-hidden">{said}</span>
          </>
        );
        const look = `person-mark avatar-${hue(person.name, 6)}${person.editing ? " person-editing" : ""}`;
        return (
          <li key={person.id}>
            {line ? (
              <button type="button" class={look} title={said} onClick={() => goTo(desk, line as Line)}>
                {face}
              </button>
            ) : (
              <span class={look} title={said}>
                {face}
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Said aloud only when it becomes true that something waits, or no longer. */
function Sent({ editing }: { editing: Editing }) {
  const text = t.value.editing;
  const desk = useDesk();
  const clashes = useComputed(() => editing.box.value.clashes.length).value;
  const count = useComputed(() => unsent(editing.box.value)).value;
  const held = editing.held.value;
  const waits = held !== null && count > 0;
  return (
    <>
      <p class="editing-sent soft" role="status" title={waits ? text.unsentHint : undefined}>
        {waits ? (
          <span class="badge badge-warn">
            <Icon name="warning" />
            {text.unsent(number(count, language.value))}
          </span>
        ) : (
          editing.stack.value.past.length > 0 && (
            <>
              <Icon name="check" />
              <span class="editing-saved">{text.saved}</span>
            </>
          )
        )}
      </p>
      {waits && (
        <button type="button" class="button button-small" onClick={() => editing.retry()}>
          {text.sendNow}
        </button>
      )}
      {clashes > 0 && (
        <button
          type="button"
          class="button button-small editing-clash"
          onClick={() => {
            desk.deciding.value = true;
          }}
        >
          {text.clash(number(clashes, language.value))}
        </button>
      )}
    </>
  );
}
