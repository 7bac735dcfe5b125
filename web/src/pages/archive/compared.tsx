/** Two texts as one: what went is struck out, what came is underlined, and both are said. */

import { Fragment } from "preact";
import { useMemo } from "preact/hooks";
import { t } from "../../locales";
import { difference } from "../../state/editing/difference";

export function Compared({ before, after }: { before: string; after: string }) {
  const pieces = useMemo(() => difference(before, after), [before, after]);
  const text = t.value.editing;
  return (
    <p class="compared" lang="id">
      {pieces.map((piece, index) => (
        <Fragment key={index}>
          {index > 0 && " "}
          {piece.how === "same" && piece.text}
          {piece.how === "went" && (
            <del>
              <span class="visually-hidden">{text.went}: </span>
              {piece.text}
            </del>
          )}
          {piece.how === "came" && (
            <ins>
              <span class="visually-hidden">{text.came}: </span>
              {piece.text}
            </ins>
          )}
        </Fragment>
      ))}
    </p>
  );
}
