/** A vote that is open: everybody sees how it stands, and says what their office says. */

import { useState } from "preact/hooks";
import { Icon } from "../../components/icons";
import { t } from "../../locales";
import type { Vote } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { CHOICES, openVote, ownVoice } from "../../state/votes";
import { useRoom } from "./use-room";
import { VoteDialog } from "./vote-dialog";
import { told } from "./vote-words";
import "./voting.css";

export function Voting({ call }: { call: Call }) {
  const [detailed, detail] = useState(false);
  const vote = useRoom(call, (room) => openVote(room.votes));
  if (!vote) return null;
  const text = t.value.votes;
  return (
    <section class="voting" aria-label={text.title}>
      <Icon name="check" />
      <div class="voting-what">
        <p>
          <strong>{vote.question}</strong>
        </p>
        <p class="soft">{told(vote)}</p>
        <Called call={call} vote={vote} />
      </div>
      <Own call={call} vote={vote} />
      <button type="button" class="button button-small" onClick={() => detail(true)}>
        {text.details}
      </button>
      {detailed && <VoteDialog call={call} vote={vote} close={() => detail(false)} />}
    </section>
  );
}

function Called({ call, vote }: { call: Call; vote: Vote }) {
  const office = useRoom(call, (room) => room.participants.get(room.seat ?? "")?.office_id);
  const called = vote.voices.find((each) => each.office_id === vote.called);
  const text = t.value.votes;
  return (
    <p class="voting-called" role="status">
      {called && (called.office_id === office ? text.calledYou : text.called(called.office))}
    </p>
  );
}

function Own({ call, vote }: { call: Call; vote: Vote }) {
  const self = useRoom(call, (room) => room.participants.get(room.seat ?? ""));
  const may = useRoom(call, (room) => room.may);
  const chosen = ownVoice(vote, self, may);
  const text = t.value.votes;
  if (chosen === undefined) return null;
  return (
    <fieldset class="voting-own">
      <legend class="visually-hidden">{text.yours}</legend>
      {CHOICES.map((choice) => (
        <button
          key={choice}
          type="button"
          class="button button-small"
          aria-pressed={chosen === choice}
          onClick={() => call.ask({ type: "cast_vote", choice, office_id: "" })}
        >
          {text.choices[choice]}
        </button>
      ))}
    </fieldset>
  );
}
