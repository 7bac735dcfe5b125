/** Two texts as one: what went is struck out, what came is underlined, both said to who listens. */

import { pieces } from "../state/notula/comparing";

interface Props {
  before: string;
  after: string;
  /** How "removed" and "added" are called. */
  words: { gone: string; come: string };
}

export function Compared({ before, after, words }: Props) {
  return (
    <span class="compared">
      {pieces(before, after).map((piece, index) => {
        if (piece.kind === "same") return <span key={index}>{piece.text} </span>;
        const Mark = piece.kind === "gone" ? "del" : "ins";
        return (
          <Mark key={index}>
            <span class="visually-hidden">{piece.kind === "gone" ? words.gone : words.come}: </span>
            {piece.text}{" "}
          </Mark>
        );
      })}
    </span>
  );
}
