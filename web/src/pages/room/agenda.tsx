/** The agenda with the item under discussion, and the outcomes noted of each item. */

import { useState } from "preact/hooks";
import { Icon } from "../../components/icons";
import { meetingClock, number } from "../../format/time";
import { language, t } from "../../locales";
import type { Item, Note, Vote } from "../../protocol/messages";
import { byItem, following } from "../../state/agenda";
import type { Call } from "../../state/call";
import { openVote } from "../../state/votes";
import { AgendaDialog } from "./agenda-dialog";
import { Carried } from "./carried";
import { NoteDialog } from "./note-dialog";
import { Outcome } from "./outcome";
import { useRoom } from "./use-room";
import { OpenVote } from "./vote-dialog";
import { told } from "./vote-words";
import "./agenda.css";

export function Agenda({ call }: { call: Call }) {
  const [writes, write] = useState(false);
  const [asks, ask] = useState(false);
  const [noted, note] = useState<Note | "new" | null>(null);
  const agenda = useRoom(call, (room) => room.agenda);
  const notes = useRoom(call, (room) => room.notes);
  const leads = useRoom(call, (room) => room.may.has("lead_agenda"));
  const notes_ = useRoom(call, (room) => room.may.has("note"));
  const votes = useRoom(call, (room) => room.votes);
  const leadsVotes = useRoom(call, (room) => room.may.has("lead_vote") && !openVote(room.votes));
  const text = t.value.leading;
  const next = following(agenda);
  return (
    <>
      {(leads || notes_) && (
        <div class="agenda-tools">
          {leads && next && (
            <button
              type="button"
              class="button button-small agenda-next"
              aria-label={text.next(next.title)}
              onClick={() => call.ask({ type: "begin_item", item: next.id })}
            >
              <Icon name="forward" />
              <span>{text.next(next.title)}</span>
            </button>
          )}
          {notes_ && (
            <button type="button" class="button button-small" onClick={() => note("new")}>
              {text.note}
            </button>
          )}
          {leadsVotes && (
            <button type="button" class="button button-small" onClick={() => ask(true)}>
              {t.value.votes.open}
            </button>
          )}
          {leads && (
            <button type="button" class="button button-small" onClick={() => write(true)}>
              {agenda.items.length ? text.agendaEdit : text.agendaWrite}
            </button>
          )}
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must take the keyboard */}
      <div class="agenda" tabIndex={0}>
        {agenda.items.length + notes.length === 0 && <p class="empty">{text.agendaEmpty}</p>}
        <Carried call={call} />
        <Results votes={votes} />
        <ol>
          {byItem(agenda, notes).map((row) => (
            <li
              key={row.item?.id ?? ""}
              class={row.item?.id === agenda.item && row.item ? "agenda-item agenda-now" : "agenda-item"}
            >
              {row.item ? (
                <Heading call={call} item={row.item} leads={leads} />
              ) : (
                <h3 class="agenda-general">{text.general}</h3>
              )}
              <ul class="outcomes">
                {row.notes.map((each) => (
                  <Outcome key={each.id} call={call} note={each} edit={notes_ ? note : null} />
                ))}
              </ul>
            </li>
          ))}
        </ol>
      </div>
      {asks && <OpenVote call={call} close={() => ask(false)} />}
      {writes && <AgendaDialog call={call} close={() => write(false)} />}
      {noted && <NoteDialog call={call} note={noted === "new" ? null : noted} close={() => note(null)} />}
    </>
  );
}

/** Votes that are over. */
function Results({ votes }: { votes: readonly Vote[] }) {
  const over = votes.filter((each) => each.closed);
  if (over.length === 0) return null;
  return (
    <ul class="agenda-votes" aria-label={t.value.votes.title}>
      {over.map((each) => (
        <li key={each.id} class="outcome">
          <p class="outcome-kind">
            <strong>{t.value.votes.title}</strong>
            <time class="numbers">{meetingClock(each.at)}</time>
          </p>
          <p class="outcome-text">{each.question}</p>
          <p class="soft">{each.cancelled ? t.value.votes.cancelled : told(each)}</p>
        </li>
      ))}
    </ul>
  );
}

function Heading({ call, item, leads }: { call: Call; item: Item; leads: boolean }) {
  const now = useRoom(call, (room) => room.agenda.item === item.id, item.id);
  const since = useRoom(call, (room) => room.agenda.since);
  const text = t.value.leading;
  const about = [
    item.presenter,
    item.minutes ? text.minutesOf(number(item.minutes, language.value)) : "",
    item.recorded === false ? text.unrecorded : "",
  ];
  return (
    <div class="agenda-head">
      <div>
        <h3>{item.title}</h3>
        <p class="soft">{about.filter(Boolean).join(" · ")}</p>
      </div>
      {now ? (
        <span class="badge badge-live" title={meetingClock(since)}>
          {text.now}
        </span>
      ) : (
        leads && (
          <button
            type="button"
            class="button button-quiet button-small"
            aria-label={text.begin(item.title)}
            onClick={() => call.ask({ type: "begin_item", item: item.id })}
          >
            {text.beginShort}
          </button>
        )
      )}
    </div>
  );
}
