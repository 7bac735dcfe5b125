/** The words of a line. Marked passages, and what was heard otherwise, open a note in their place. */

import { Fragment } from "preact";
import { useMemo } from "preact/hooks";
import type { FlagKind, Line } from "../../api/types";
import { Icon } from "../../components/icons";
import { number } from "../../format/time";
import { language, t } from "../../locales";
import type { Player } from "../../state/player";
import { keyOf, type Passage, passages } from "../../state/review";
import type { Reviewing } from "../../state/reviewing";
import "./review.css";

/** Beside the words, so that no kind is told by its colour alone. */
export const SIGNS: Record<FlagKind, string> = {
  low_confidence: "?",
  number: "#",
  name: "N",
  negation: "≠",
  crosstalk: "⇄",
};

interface Props {
  line: Line;
  /** Index of the word being spoken; -1 for none. */
  spoken: number;
  player: Player;
  review: Reviewing;
}

export function Words({ line, spoken, player, review }: Props) {
  const kinds = review.kinds.value;
  const found = useMemo(() => passages(line, kinds), [line, kinds]);
  return (
    <>
      {found.map((passage) => (
        <Fragment key={passage.first}>
          {passage.kinds.length === 0 && passage.heard === null ? (
            <Plain line={line} passage={passage} spoken={spoken} player={player} />
          ) : (
            <Marked line={line} passage={passage} spoken={spoken} player={player} review={review} />
          )}{" "}
        </Fragment>
      ))}
    </>
  );
}

type Part = Omit<Props, "review"> & { passage: Passage };

/** A click on a word plays from there; the keyboard has the line's button. */
function Plain({ line, passage, spoken, player }: Part) {
  return (
    <>
      {passage.words.map((word, index) => (
        <Fragment key={index}>
          {index > 0 && " "}
          {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer beside the line's button */}
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the same */}
          <span
            class={wordClass(passage.first + index === spoken)}
            onClick={() => player.play(line, word.start)}
          >
            {word.text}
          </span>
        </Fragment>
      ))}
    </>
  );
}

/** The browser's own disclosure: it flows with the sentence, opens by key and touch, and one at a time. */
function Marked({ line, passage, spoken, player, review }: Part & { review: Reviewing }) {
  const key = keyOf(line, passage.first);
  const text = t.value.review;
  const names = passage.kinds.map((kind) => text[kind]).join(", ");
  const start = passage.words[0]?.start ?? line.start;
  return (
    <details
      class={["passage", ...passage.kinds.map((kind) => `passage-${kind}`)].join(" ")}
      id={key}
      name="periksa"
      onToggle={(event) => event.currentTarget.open && names && review.look(key)}
    >
      <summary>
        {passage.words.map((word, index) => (
          <Fragment key={index}>
            {index > 0 && " "}
            <span class={wordClass(passage.first + index === spoken)}>{word.text}</span>
          </Fragment>
        ))}
        {names && (
          <>
            <sup class="passage-sign" aria-hidden="true">
              {passage.kinds.map((kind) => SIGNS[kind])}
            </sup>
            <span class="visually-hidden"> ({names})</span>
          </>
        )}
      </summary>
      <span class="passage-note">
        {passage.kinds.map((kind) => (
          <span key={kind}>{reason(kind, passage)}</span>
        ))}
        {passage.heard !== null && <span>{t.value.transcript.heard(passage.heard)}</span>}
        <button
          type="button"
          class="button button-small"
          aria-keyshortcuts={names ? "P" : undefined}
          onClick={() => player.play(line, start)}
        >
          <Icon name="play" />
          {text.play}
          {names && (
            <span class="review-key" aria-hidden="true">
              P
            </span>
          )}
        </button>
      </span>
    </details>
  );
}

function reason(kind: FlagKind, passage: Passage): string {
  const why = t.value.review.why;
  if (kind !== "low_confidence") return why[kind];
  return why.low_confidence(number(Math.round(passage.doubt * 100), language.value));
}

const wordClass = (spoken: boolean) => (spoken ? "word word-spoken" : "word");
