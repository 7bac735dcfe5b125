import type { Board, Wanted } from "../../api/follow-ups";
import { number } from "../../format/time";
import { language, t } from "../../locales";

interface Props {
  board: Board;
  status: Wanted;
  choose: (status: Wanted) => void;
}

/** What the list shows, with how many there are of it; what there is none of cannot be chosen. */
export function Chips({ board, status, choose }: Props) {
  const text = t.value.followUps;
  const { statuses, late } = board.all;
  const counts: Record<Wanted, number> = {
    "": Object.values(statuses).reduce((sum, each) => sum + each, 0),
    late,
    unverified: board.unverified,
    ...statuses,
  };
  return (
    <fieldset class="preview-outcomes chips">
      <legend class="visually-hidden">{text.show}</legend>
      {(Object.entries(text.chips) as [Wanted, string][]).map(([each, label]) =>
        counts[each] > 0 || each === "" || each === status ? (
          <label key={each} class={each === "late" ? "outcome outcome-wrong numbers" : "outcome numbers"}>
            <input
              type="radio"
              name="status"
              class="visually-hidden"
              value={each}
              checked={each === status}
              onChange={() => choose(each)}
            />
            {text.chip(label, number(counts[each], language.value))}
          </label>
        ) : null,
      )}
    </fieldset>
  );
}
