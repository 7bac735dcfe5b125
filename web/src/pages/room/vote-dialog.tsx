/** A vote office by office; whoever leads calls them and enters what they say. */

import { Dialog } from "../../components/dialog";
import { t } from "../../locales";
import type { Voice, Vote } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { CHOICES, nextOffice } from "../../state/votes";
import { AskDialog } from "./asking";
import { useRoom } from "./use-room";
import { told } from "./vote-words";
import "./voting.css";

interface Props {
  call: Call;
  vote: Vote;
  close: () => void;
}

export function VoteDialog({ call, vote, close }: Props) {
  const leads = useRoom(call, (room) => room.may.has("lead_vote"));
  const text = t.value.votes;
  const end = (cancel: boolean) => call.ask({ type: "close_vote", cancel }) && close();
  return (
    <Dialog title={vote.question} close={close} wide>
      <p class="soft">{told(vote)}</p>
      {leads && vote.method === "roll_call" && <Next call={call} vote={vote} />}
      <ul class="voices">
        {vote.voices.map((voice) => (
          <Row key={voice.office_id} call={call} vote={vote} voice={voice} leads={leads} />
        ))}
      </ul>
      {leads && (
        <div class="buttons">
          <button type="button" class="button" onClick={() => end(true)}>
            {text.cancel}
          </button>
          <button type="button" class="button button-main" onClick={() => end(false)}>
            {text.close}
          </button>
        </div>
      )}
    </Dialog>
  );
}

function Next({ call, vote }: { call: Call; vote: Vote }) {
  const next = vote.voices.find((each) => each.office_id === nextOffice(vote));
  if (!next) return null;
  return (
    <button
      type="button"
      class="button voices-next"
      onClick={() => call.ask({ type: "call_office", office_id: next.office_id })}
    >
      {t.value.votes.callNext(next.office)}
    </button>
  );
}

function Row({ call, vote, voice, leads }: { call: Call; vote: Vote; voice: Voice; leads: boolean }) {
  const text = t.value.votes;
  const called = vote.called === voice.office_id;
  const said = voice.choice ? text.choices[voice.choice] : text.silent;
  const whose = voice.choice && (voice.name ? text.by(voice.name) : text.entered);
  return (
    <li class={called ? "voice voice-called" : "voice"}>
      <span class="voice-office">{voice.office}</span>
      <span class={voice.choice ? "voice-said" : "voice-said soft"}>
        {said}
        {whose && <small class="soft"> {whose}</small>}
      </span>
      {leads && (called || vote.method === "hands") && (
        <span class="voice-enter">
          {CHOICES.map((choice) => (
            <button
              key={choice}
              type="button"
              class="button button-small"
              aria-pressed={voice.choice === choice}
              aria-label={text.enter(text.choices[choice], voice.office)}
              onClick={() => call.ask({ type: "cast_vote", choice, office_id: voice.office_id })}
            >
              {text.choices[choice]}
            </button>
          ))}
        </span>
      )}
      {leads && !called && vote.method === "roll_call" && (
        <button
          type="button"
          class="button button-quiet button-small"
          aria-label={text.callOf(voice.office)}
          onClick={() => call.ask({ type: "call_office", office_id: voice.office_id })}
        >
          {text.call}
        </button>
      )}
    </li>
  );
}

/** Ask what is decided, and how. */
export function OpenVote({ call, close }: { call: Call; close: () => void }) {
  const text = t.value.votes;
  return (
    <AskDialog
      call={call}
      title={text.open}
      submit={text.open}
      close={close}
      request={(form) => ({
        type: "open_vote",
        question: String(form.get("question")),
        method: form.get("method") === "roll_call" ? "roll_call" : "hands",
      })}
    >
      <label class="field">
        <span>{text.question}</span>
        <textarea name="question" rows={2} required maxLength={500} placeholder={text.questionExample} />
      </label>
      <label class="field">
        <span>{text.method}</span>
        <select name="method">
          <option value="hands">{text.methods.hands}</option>
          <option value="roll_call">{text.methods.roll_call}</option>
        </select>
      </label>
    </AskDialog>
  );
}
