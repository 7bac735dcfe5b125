/** One outcome as the room sees it. */

import { Icon } from "../../components/icons";
import { meetingClock, shortDate } from "../../format/time";
import { language, t } from "../../locales";
import type { Note } from "../../protocol/messages";
import type { Call } from "../../state/call";

interface Props {
  call: Call;
  note: Note;
  edit: ((note: Note) => void) | null;
}

export function Outcome({ call, note, edit }: Props) {
  const text = t.value.leading;
  const { outcome } = note;
  const kind = text.kinds[outcome.kind];
  const about = [
    outcome.who,
    outcome.due ? text.due(shortDate(new Date(`${outcome.due}T00:00:00Z`), "UTC", language.value)) : "",
    outcome.stage,
  ];
  return (
    <li class={note.withdrawn ? "outcome outcome-withdrawn" : "outcome"}>
      <p class="outcome-kind">
        <strong>{kind}</strong>
        {note.withdrawn && <span> ({text.withdrawn})</span>}
        <time class="numbers">{meetingClock(note.at)}</time>
      </p>
      <p class="outcome-text">{outcome.text}</p>
      {about.some(Boolean) && <p class="soft">{about.filter(Boolean).join(" · ")}</p>}
      {edit && (
        <span class="outcome-tools">
          {!note.withdrawn && (
            <button
              type="button"
              class="button button-quiet button-icon"
              aria-label={text.edit(kind)}
              title={text.edit(kind)}
              onClick={() => edit(note)}
            >
              <Icon name="pen" />
            </button>
          )}
          <button
            type="button"
            class="button button-quiet button-icon"
            aria-label={note.withdrawn ? text.restore(kind) : text.withdraw(kind)}
            title={note.withdrawn ? text.restore(kind) : text.withdraw(kind)}
            onClick={() => call.ask({ type: "withdraw_note", note: note.id, on: !note.withdrawn })}
          >
            <Icon name={note.withdrawn ? "back" : "close"} />
          </button>
        </span>
      )}
    </li>
  );
}
