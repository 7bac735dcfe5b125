/** Corrections that participants propose: at their statement while they wait, and all of them beside the notula. */

import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import { notulaApi, type Proposal } from "../../api/notula";
import { Compared } from "../../components/compared";
import { Dialog } from "../../components/dialog";
import { codeOf, Problem } from "../../components/feedback";
import { clockWithZone, number, shortDate } from "../../format/time";
import { language, t } from "../../locales";
import { words } from "../../locales/notula-pages";
import { indexed } from "../../state/notula/content";
import { useDesk } from "./desk";

export function Proposals() {
  const { manuscript } = useDesk();
  const text = words.value;
  const all = manuscript.notula.value.proposals;
  if (all.length === 0) return null;
  const waiting = all.filter((each) => each.answer === null);
  const there = indexed(manuscript.content.value);
  return (
    <details class="about card" open={waiting.length > 0}>
      <summary>
        <h2>{text.proposals}</h2>
      </summary>
      {waiting.length > 0 && <p>{text.proposalsOpen(number(waiting.length, language.value))}</p>}
      <ol class="about-list">
        {all.toReversed().map((each) => (
          <li key={each.id}>
            {there.has(each.statement) ? (
              <a href={`#butir-${each.statement}`}>{each.was}</a>
            ) : (
              <span class="soft">{text.statementGone}</span>
            )}
            <Said proposal={each} />
            {each.answer && (
              <p class="soft">
                <span class={each.answer.accepted ? "badge badge-good" : "badge"}>
                  {each.answer.accepted ? text.answered.accepted : text.answered.declined}
                </span>{" "}
                {text.answeredBy(each.answer.by, each.answer.reason)}
              </p>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Said({ proposal }: { proposal: Proposal }) {
  const { zone } = useDesk();
  const text = words.value;
  const at = new Date(proposal.at);
  return (
    <>
      <p class="proposal-text">
        <Compared before={proposal.was} after={proposal.text} words={text} />
      </p>
      <p class="soft">
        {proposal.why} –{" "}
        {text.proposedBy(proposal.by, `${shortDate(at, zone, language.value)}, ${clockWithZone(at, zone)}`)}
      </p>
    </>
  );
}

export function ProposalBox({ proposal, mayAnswer }: { proposal: Proposal; mayAnswer: boolean }) {
  const [answering, setAnswering] = useState<"accept" | "decline" | null>(null);
  const text = words.value;
  return (
    <section class="proposal" aria-label={text.proposals}>
      <Said proposal={proposal} />
      {mayAnswer && (
        <div class="buttons">
          <button type="button" class="button button-small" onClick={() => setAnswering("accept")}>
            {text.accept}
          </button>
          <button type="button" class="button button-small" onClick={() => setAnswering("decline")}>
            {text.decline}
          </button>
        </div>
      )}
      {answering && <AnswerDialog proposal={proposal} how={answering} close={() => setAnswering(null)} />}
    </section>
  );
}

interface AnswerProps {
  proposal: Proposal;
  how: "accept" | "decline";
  close: () => void;
}

function AnswerDialog({ proposal, how, close }: AnswerProps) {
  const { manuscript } = useDesk();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const text = words.value;
  const answer = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason")).trim();
    setBusy(true);
    try {
      await manuscript.flush();
      const { meeting_id } = manuscript.notula.value;
      manuscript.hear(await notulaApi.answer(meeting_id, proposal.id, how === "accept", reason));
      close();
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={text.answerOf[how]} close={close}>
      <p class="soft">{text.answerLead[how]}</p>
      <Said proposal={proposal} />
      <form onSubmit={answer}>
        <label class="field">
          <span>{text.reason}</span>
          <textarea name="reason" maxLength={1000} minLength={3} required={how === "decline"} />
        </label>
        <Problem code={problem} />
        <div class="buttons">
          <button type="button" class="button" onClick={close}>
            {t.value.app.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={busy}>
            {how === "accept" ? text.accept : text.decline}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
