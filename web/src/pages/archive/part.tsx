/** One minute of a transcript. Far from what is seen it is its words only, which the browser's own search finds. */

import { Component, createRef, type RefObject } from "preact";
import { type Entry, type Part, same } from "../../state/course";
import { MarkRow } from "./course";
import { TurnBlock } from "./turn";

interface Props {
  part: Part;
  opened: Date;
  zone: string;
}

/** Drawn anew only when one of its own lines is another: a transcript has thousands. */
export class PartBlock extends Component<Props> {
  private readonly element: RefObject<HTMLOListElement | null> = createRef();

  override shouldComponentUpdate({ part }: Props): boolean {
    return !same(part, this.props.part);
  }

  override render({ part, opened, zone }: Props) {
    return (
      <ol class="turns" ref={this.element} style={{ "--length": lengthOf(part.entries) }}>
        {part.entries.map((entry) =>
          "mark" in entry ? (
            <MarkRow
              key={`${entry.mark.what}${entry.mark.at}`}
              mark={entry.mark}
              opened={opened}
              zone={zone}
            />
          ) : (
            <TurnBlock key={entry.turn.key} turn={entry.turn} />
          ),
        )}
      </ol>
    );
  }
}

/** In letters; what stands around them counts as some more. */
function lengthOf(entries: readonly Entry[]): number {
  const lengths = entries.map((entry) =>
    "mark" in entry ? 140 : entry.turn.lines.reduce((sum, line) => sum + line.text.length + 40, 140),
  );
  return lengths.reduce((sum, each) => sum + each, 0);
}
