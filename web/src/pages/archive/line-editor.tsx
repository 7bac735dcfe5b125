/** The text of a line in a field of its own place, and what can be done with the line. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Line } from "../../api/types";
import { Icon, type IconName } from "../../components/icons";
import { chord } from "../../components/keys";
import { meetingClock } from "../../format/time";
import { t } from "../../locales";
import { placed } from "../../state/editing/editor";
import { cleaned, LONGEST } from "../../state/editing/edits";
import { type Acts, acts } from "./acts";
import { goTo, useDesk } from "./desk";

export function LineEditor({ line }: { line: Line }) {
  const desk = useDesk();
  const field = useRef<HTMLTextAreaElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const open = desk.editing?.open.peek();
  const editing = desk.editing;
  useLayoutEffect(() => {
    const shown = field.current;
    if (!shown || !open) return;
    shown.focus({ preventScroll: true });
    shown.setSelectionRange(...(open.selection as [number, number]));
    grow(shown);
    shown.closest(".line")?.scrollIntoView({ block: "nearest" });
  }, []);
  useMoved(line, field);
  const box = useRef<HTMLDivElement>(null);
  const left = useLeaving(box, line);
  if (!editing || !open) return null;
  const text = t.value.editing;
  const clock = meetingClock(line.start);
  const can = acts(desk, line, setProblem, () => {
    const now = editing.open.peek();
    return now ? placed(now) : null;
  });
  const leave = (after: () => void) => {
    if (cleaned(field.current?.value ?? "") === "") setProblem(text.empty);
    else after();
  };
  const keys: Record<string, () => void> = {
    escape: () => {
      editing.escape();
      goTo(desk, line);
    },
    "ctrl+enter": () => leave(can.saveNext),
    "ctrl+alt+s": can.split,
  };
  const put = (shown: HTMLTextAreaElement) => {
    editing.type(shown.value, [shown.selectionStart, shown.selectionEnd]);
    grow(shown);
    setProblem(shown.value.length > LONGEST ? text.tooLong : null);
  };
  return (
    <div class="line-editor" ref={box} onFocusOut={left}>
      <textarea
        ref={field}
        class="line-field"
        aria-label={text.field(clock)}
        aria-describedby={problem ? `masalah-${line.id}` : undefined}
        defaultValue={open.typed}
        rows={1}
        lang="id"
        spellcheck
        onInput={(event) => put(event.currentTarget)}
        onSelect={({ currentTarget: shown }) => editing.select([shown.selectionStart, shown.selectionEnd])}
        onKeyDown={(event) => {
          const act = keys[chord(event)];
          if (!act || event.isComposing) return;
          event.preventDefault();
          event.stopPropagation();
          act();
        }}
      />
      {problem && (
        <p class="line-problem" id={`masalah-${line.id}`} role="alert">
          {problem}
        </p>
      )}
      <Changed line={line} />
      <Buttons
        can={can}
        leave={() =>
          leave(() => {
            editing.leave();
            goTo(desk, line);
          })
        }
        cancel={keys.escape as () => void}
        next={keys["ctrl+enter"] as () => void}
      />
    </div>
  );
}

/** Somebody else's words have come for the line that is open here. */
function Changed({ line }: { line: Line }) {
  const { editing } = useDesk();
  const open = editing?.open.value;
  const mine = editing?.box.value.waiting.length ?? 0;
  if (open?.line !== line.id || line.version <= open.version + mine) return null;
  return (
    <p class="line-problem" role="status">
      {t.value.editing.changedHere}
    </p>
  );
}

/** Elsewhere on the page, where nothing is done with the line that is open. */
const ELSEWHERE = "dialog, .player, .edit-notice";

/**
 * The line is left when the keyboard goes elsewhere, or a click has been made there: not when the button is pressed
 * down, since the page would move away under the pointer, and the click be lost.
 */
function useLeaving(box: { current: HTMLElement | null }, line: Line): (event: FocusEvent) => void {
  const { editing } = useDesk();
  const pointing = useRef(false);
  const outside = (to: EventTarget | null) =>
    to instanceof Element && !box.current?.contains(to) && !to.closest(ELSEWHERE);
  useEffect(() => {
    const down = () => {
      pointing.current = true;
    };
    const up = () => {
      pointing.current = false;
    };
    const clicked = (event: Event) => {
      if (outside(event.target) && editing?.open.peek()?.line === line.id) editing.leave();
    };
    addEventListener("pointerdown", down, true);
    addEventListener("pointerup", up, true);
    addEventListener("click", clicked);
    return () => {
      removeEventListener("pointerdown", down, true);
      removeEventListener("pointerup", up, true);
      removeEventListener("click", clicked);
    };
  }, []);
  return (event) => {
    if (!pointing.current && outside(event.relatedTarget)) editing?.leave();
    else editing?.save();
  };
}

/** A field whose line has become other by its own edit (blackened, merged) shows that. */
function useMoved(line: Line, field: { current: HTMLTextAreaElement | null }): void {
  const { editing } = useDesk();
  useEffect(() => {
    const open = editing?.open.peek();
    const shown = field.current;
    if (open?.line === line.id && shown && shown.value !== open.typed) {
      shown.value = open.typed;
      grow(shown);
    }
  }, [line]);
}

function Buttons({
  can,
  leave,
  cancel,
  next,
}: {
  can: Acts;
  leave: () => void;
  cancel: () => void;
  next: () => void;
}) {
  const text = t.value.editing;
  return (
    <div class="line-tools" role="toolbar" aria-label={text.tools}>
      <button type="button" class="button button-small button-main" onClick={leave}>
        {text.save}
      </button>
      <button
        type="button"
        class="button button-small"
        aria-keyshortcuts="Control+Enter"
        title="Ctrl+Enter"
        onClick={next}
      >
        {text.saveNext}
      </button>
      <button
        type="button"
        class="button button-small"
        aria-keyshortcuts="Escape"
        title="Esc"
        onClick={cancel}
      >
        {text.cancel}
      </button>
      <span class="line-tools-rest">
        <Tool icon="split" label={text.split} hotkey="Control+Alt+S" press={can.split} />
        <Tool icon="join" label={text.merge} press={can.merge} />
        <Tool icon="person" label={text.speaker} press={can.speaker} />
        <Tool icon="unclear" label={text.inaudible} press={can.inaudible} />
        <Tool icon="blacken" label={text.redact} press={can.redact} />
        <Tool icon="clock" label={text.history} press={can.history} />
      </span>
    </div>
  );
}

function Tool({
  icon,
  label,
  hotkey,
  press,
}: {
  icon: IconName;
  label: string;
  hotkey?: string;
  press: () => void;
}) {
  return (
    <button
      type="button"
      class="button button-small button-quiet line-tool"
      aria-keyshortcuts={hotkey}
      title={hotkey ? `${label} (${hotkey.replace("Control", "Ctrl")})` : label}
      // The field keeps its selection: what is done is done with it.
      onMouseDown={(event) => event.preventDefault()}
      onClick={press}
    >
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}

/** As high as its text, where the browser does not do that by itself. */
function grow(field: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}
