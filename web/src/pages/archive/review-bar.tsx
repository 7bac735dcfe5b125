/** Above a transcript: what is marked in it, how much, and the way from one mark to the next. */

import { useMemo } from "preact/hooks";
import type { Line } from "../../api/types";
import { Icon } from "../../components/icons";
import { useKeys } from "../../components/keys";
import { number } from "../../format/time";
import { language, t } from "../../locales";
import type { Player } from "../../state/player";
import { counted, KINDS, type Stop, stepped, stops } from "../../state/review";
import type { Reviewing } from "../../state/reviewing";
import { SIGNS } from "./words";

interface Props {
  lines: readonly Line[];
  review: Reviewing;
  player: Player;
}

export function ReviewBar({ lines, review, player }: Props) {
  const text = t.value.review;
  const kinds = review.kinds.value;
  const counts = useMemo(() => counted(lines), [lines]);
  const found = useMemo(() => stops(lines, kinds), [lines, kinds]);
  return (
    <>
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
                <span class="numbers soft">{number(counts[kind], language.value)}</span>
              </label>
            ))}
          </fieldset>
        )}
      </section>
      {review.on && <Steps review={review} found={found} player={player} />}
    </>
  );
}

function Steps({ review, found, player }: { review: Reviewing; found: readonly Stop[]; player: Player }) {
  const text = t.value.review;
  const at = found.findIndex((stop) => stop.key === review.at.value);
  const told = (value: number) => number(value, language.value);
  const go = (step: 1 | -1) => {
    const stop = stepped(found, review.at.value, step);
    if (!stop) return;
    review.look(stop.key);
    show(stop);
  };
  const listen = () => {
    const stop = found[at];
    if (stop) player.play(stop.line, stop.at);
  };
  useKeys({ b: () => go(1), s: () => go(-1), p: listen });
  if (found.length === 0) return <p class="review-none soft">{text.none}</p>;
  return (
    <div class="review-steps card">
      <p class="numbers" role="status">
        {at < 0 ? text.places(told(found.length)) : text.place(told(at + 1), told(found.length))}
      </p>
      <Step icon="previous" label={text.previous} hotkey="S" press={() => go(-1)} />
      <Step icon="next" label={text.next} hotkey="B" press={() => go(1)} />
    </div>
  );
}

function Step({
  icon,
  label,
  hotkey,
  press,
}: {
  icon: "previous" | "next";
  label: string;
  hotkey: string;
  press: () => void;
}) {
  return (
    <button
      type="button"
      class="button button-small"
      aria-label={label}
      aria-keyshortcuts={hotkey}
      title={`${label} (${hotkey})`}
      onClick={press}
    >
      <Icon name={icon} />
      <span class="review-key" aria-hidden="true">
        {hotkey}
      </span>
    </button>
  );
}

/** Opens a passage's note, which closes the one before, and puts the keyboard there. */
function show(stop: Stop): void {
  const passage = document.getElementById(stop.key);
  if (!(passage instanceof HTMLDetailsElement)) return;
  passage.open = true;
  passage.querySelector("summary")?.focus({ preventScroll: true });
  passage.scrollIntoView({ block: "center" });
}
