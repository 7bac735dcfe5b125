/** Above a transcript: what is marked in it, how much is left, and the way from one doubtful place to the next. */

import { useMemo } from "preact/hooks";
import type { Line } from "../../api/types";
import { Icon, type IconName } from "../../components/icons";
import { useKeys } from "../../components/keys";
import { percent } from "../../format/size";
import { number } from "../../format/time";
import { language, t } from "../../locales";
import { following, type Order, ordered, type Progress } from "../../state/editing/queue";
import { counted, KINDS, type Stop, stepped } from "../../state/review";
import { rowOf, useDesk } from "./desk";
import { Hotkey, SIGNS } from "./words";

const told = (value: number) => number(value, language.value);

export function ReviewBar({ lines, progress }: { lines: readonly Line[]; progress: Progress }) {
  const { review } = useDesk();
  const text = t.value.review;
  const counts = useMemo(() => counted(lines), [lines]);
  return (
    <section class="review card" aria-label={text.title}>
      <label class="check">
        <input
          type="checkbox"
          checked={review.on}
          onChange={(event) => review.turn(event.currentTarget.checked)}
        />
        <span>
          <strong>{text.mark}</strong>
          <small>{text.lead}</small>
        </span>
      </label>
      {review.on && (
        <>
          <fieldset class="review-kinds">
            <legend class="visually-hidden">{text.kinds}</legend>
            {KINDS.map((kind) => (
              <label key={kind} class="review-kind">
                <input
                  type="checkbox"
                  checked={review.wants(kind)}
                  onChange={(event) => review.want(kind, event.currentTarget.checked)}
                />
                {text[kind]}
                <span class="review-sign" aria-hidden="true">
                  {SIGNS[kind]}
                </span>
                <span class="numbers soft">{told(counts[kind])}</span>
              </label>
            ))}
          </fieldset>
          <Left progress={progress} />
          <Choices />
        </>
      )}
    </section>
  );
}

function Left({ progress }: { progress: Progress }) {
  const text = t.value.editing;
  if (progress.left + progress.done === 0) return null;
  return (
    <div class="review-left">
      <span class="numbers" id="sisa">
        {progress.left === 0
          ? text.allChecked
          : text.left(told(progress.left), percent(progress.share, language.value))}
      </span>
      <progress aria-labelledby="sisa" value={progress.share} max={1} />
    </div>
  );
}

function Choices() {
  const { review } = useDesk();
  const text = t.value.editing;
  return (
    <div class="review-choices">
      <label class="review-kind">
        <input
          type="checkbox"
          checked={review.only.value}
          onChange={(event) => {
            review.only.value = event.currentTarget.checked;
          }}
        />
        {text.only}
      </label>
      <label class="review-order">
        {text.order}
        <select value={review.order} onChange={(event) => review.arrange(event.currentTarget.value as Order)}>
          <option value="time">{text.orders.time}</option>
          <option value="doubt">{text.orders.doubt}</option>
        </select>
      </label>
    </div>
  );
}

/** `found`: in the order spoken. */
export function Steps({ found }: { found: readonly Stop[] }) {
  const desk = useDesk();
  const { review, player, editing } = desk;
  const text = t.value.review;
  const queue = useMemo(() => ordered(found, review.order), [found, review.order]);
  const at = queue.findIndex((stop) => stop.key === review.at.value);
  const show = (stop: Stop | undefined) => {
    if (!stop) return;
    review.look(stop.key);
    desk.cursor.value = stop.line.id;
    desk.nearness.bring(rowOf(stop.line.id)?.closest(".turn"), () => open(stop));
  };
  // Of the moment: keys come faster than the page is drawn.
  const here = () => queue.find((stop) => stop.key === review.at.peek());
  const go = (step: 1 | -1) => show(stepped(queue, review.at.peek(), step));
  const listen = () => {
    const stop = here();
    const row = document.activeElement?.closest(".line");
    const line = stop ?? desk.lines().find((each) => row?.id === `baris-${each.id}`);
    if (line) player.play("line" in line ? line.line : line, "line" in line ? line.at : line.start);
  };
  const confirm = () => {
    const stop = here();
    if (!stop || !editing) return go(1);
    const after = following(queue, stop.key);
    editing.do(stop.line, (of) => ({ ...of, kind: "check", start: stop.start, end: stop.end }));
    show(after);
  };
  useKeys({ b: () => go(1), s: () => go(-1), p: listen, ...(editing && { c: confirm }) });
  if (queue.length === 0) return <p class="review-none soft">{text.none}</p>;
  return (
    <div class="steps">
      <p class="numbers" role="status">
        {at < 0 ? text.places(told(queue.length)) : text.place(told(at + 1), told(queue.length))}
      </p>
      <Step icon="previous" label={text.previous} hotkey="S" press={() => go(-1)} />
      <Step icon="next" label={text.next} hotkey="B" press={() => go(1)} />
      {editing && <Step icon="check" label={t.value.editing.confirmHint} hotkey="C" press={confirm} />}
    </div>
  );
}

interface Press {
  icon: IconName;
  label: string;
  hotkey: string;
  press: () => void;
  off?: boolean;
}

export function Step({ icon, label, hotkey, press, off = false }: Press) {
  return (
    <button
      type="button"
      class="button button-small"
      aria-label={label}
      aria-keyshortcuts={hotkey.replace("Ctrl", "Control")}
      title={`${label} (${hotkey})`}
      disabled={off}
      onClick={press}
    >
      <Icon name={icon} />
      {hotkey.length === 1 && <Hotkey name={hotkey} />}
    </button>
  );
}

/** Opens a passage's note, which closes the one before, and puts the keyboard there. */
function open(stop: Stop): void {
  const passage = document.getElementById(stop.key);
  if (!(passage instanceof HTMLDetailsElement)) return;
  passage.open = true;
  passage.querySelector("summary")?.focus({ preventScroll: true });
  passage.scrollIntoView({ block: "center" });
}
