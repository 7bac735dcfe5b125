/** The words of a line. Marked passages, and what was heard otherwise, open a note in their place. */

import { Fragment } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { FlagKind, Line, Word } from "../../api/types";
import { Icon } from "../../components/icons";
import { number } from "../../format/time";
import { language, t } from "../../locales";
import { keyOf, type Passage, passages, places } from "../../state/review";
import { useDesk } from "./desk";
import { characterAt } from "./places";
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
}

export function Words({ line, spoken }: Props) {
  const { review, player } = useDesk();
  const kinds = review.kinds.value;
  const found = useMemo(() => passages(line, kinds), [line, kinds]);
  const spots = useMemo(() => places(line), [line]);
  /** A click on a word plays from there; the keyboard has the line's button. */
  const press = (event: MouseEvent) => {
    if ((event.target as Element).closest("summary, button") || !getSelection()?.isCollapsed) return;
    const at = characterAt(event.clientX, event.clientY);
    const word = at === null ? -1 : spots.findIndex(([start, end]) => start <= at && at <= end);
    const from = word < 0 ? undefined : line.words[word];
    if (from) player.play(line, from.start);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the pointer beside the line's button
    // biome-ignore lint/a11y/useKeyWithClickEvents: the same
    <span class="words" onClick={press}>
      {found.map((passage) => (
        <Fragment key={passage.first}>
          {passage.kinds.length === 0 && passage.heard === null ? (
            <Spoken passage={passage} spots={spots} spoken={spoken} />
          ) : (
            <Marked line={line} passage={passage} spots={spots} spoken={spoken} />
          )}{" "}
        </Fragment>
      ))}
    </span>
  );
}

interface Part {
  passage: Passage;
  /** Where each word of the line stands in its text. */
  spots: readonly [number, number][];
  spoken: number;
}

/** One piece of text, or a piece a word in the line that is being heard: thousands of lines are not. */
function Spoken({ passage, spots, spoken }: Part) {
  const at = (index: number) => spots[passage.first + index]?.[0] ?? 0;
  if (spoken < 0 && !passage.words.some((word) => word.redacted))
    return <span data-at={at(0)}>{passage.words.map((word) => word.text).join(" ")}</span>;
  return (
    <>
      {passage.words.map((word, index) => (
        <Fragment key={index}>
          {index > 0 && " "}
          <span data-at={at(index)} class={wordClass(word, passage.first + index === spoken)}>
            {word.text}
          </span>
        </Fragment>
      ))}
    </>
  );
}

/** The browser's own disclosure: it flows with the sentence, opens by key and touch, and one at a time. */
function Marked({ line, ...part }: Part & { line: Line }) {
  const { review } = useDesk();
  const { passage } = part;
  const key = keyOf(line, passage.first);
  const text = t.value.review;
  const names = passage.kinds.map((kind) => text[kind]).join(", ");
  // A note is made when it is opened for the first time: a transcript has thousands.
  const [opened, setOpened] = useState(false);
  const toggled = (event: Event) => {
    if (!(event.currentTarget as HTMLDetailsElement).open) return;
    setOpened(true);
    if (names) review.look(key);
  };
  return (
    <details
      class={["passage", ...passage.kinds.map((kind) => `passage-${kind}`)].join(" ")}
      id={key}
      name="periksa"
      onToggle={toggled}
    >
      <summary>
        <Spoken {...part} />
        {names && (
          <>
            <sup class="passage-sign" aria-hidden="true">
              {passage.kinds.map((kind) => SIGNS[kind])}
            </sup>
            <span class="visually-hidden"> ({names})</span>
          </>
        )}
      </summary>
      {opened && <Note line={line} {...part} names={names} />}
    </details>
  );
}

function Note({ line, passage, spots, names }: Part & { line: Line; names: string }) {
  const { player, editing } = useDesk();
  const text = t.value.review;
  const [start] = spots[passage.first] ?? [0];
  const [, end] = spots[passage.first + passage.words.length - 1] ?? [0, line.text.length];
  return (
    <span class="passage-note">
      {passage.kinds.map((kind) => (
        <span key={kind}>{reason(kind, passage)}</span>
      ))}
      {passage.heard !== null && <span>{t.value.transcript.heard(passage.heard)}</span>}
      <span class="passage-acts">
        <button
          type="button"
          class="button button-small"
          aria-keyshortcuts={names ? "P" : undefined}
          onClick={() => player.play(line, passage.words[0]?.start ?? line.start)}
        >
          <Icon name="play" />
          {text.play}
          {names && <Hotkey name="P" />}
        </button>
        {editing && names && (
          <button
            type="button"
            class="button button-small"
            title={t.value.editing.confirmHint}
            aria-keyshortcuts="C"
            onClick={() => editing.do(line, (of) => ({ ...of, kind: "check", start, end }))}
          >
            <Icon name="check" />
            {t.value.editing.confirm}
            <Hotkey name="C" />
          </button>
        )}
      </span>
    </span>
  );
}

export function Hotkey({ name }: { name: string }) {
  return (
    <span class="review-key" aria-hidden="true">
      {name}
    </span>
  );
}

function reason(kind: FlagKind, passage: Passage): string {
  const why = t.value.review.why;
  if (kind !== "low_confidence") return why[kind];
  return why.low_confidence(number(Math.round(passage.doubt * 100), language.value));
}

function wordClass(word: Word, spoken: boolean): string {
  return ["word", spoken && "word-spoken", word.redacted && "word-redacted"].filter(Boolean).join(" ");
}
