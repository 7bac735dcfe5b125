/** The way to signature: what has been done by whom and when, where it stands, and whose turn it is. */

import { Icon } from "../../components/icons";
import { clockWithZone, shortDate } from "../../format/time";
import { language, t } from "../../locales";
import { words } from "../../locales/notula-pages";
import { useServices } from "../../services";
import { type Step, turn, way } from "../../state/notula/way";
import { Actions } from "./actions";
import { useDesk } from "./desk";

export function Way() {
  const { manuscript } = useDesk();
  const text = words.value;
  const notula = manuscript.notula.value;
  return (
    <section class="way card" aria-label={text.way}>
      <ol>
        {way(notula).map((step) => (
          <StepRow key={step.name} step={step} />
        ))}
      </ol>
      <div class="way-foot">
        <p class="way-next">
          <Next />
          {notula.initials.length > 0 && (
            <span class="soft"> {text.initialed(notula.initials.map(({ name }) => name).join(", "))}</span>
          )}
          {notula.signatures.map((each) => (
            <span key={each.duty} class="soft">
              {" "}
              {text.signedBy[each.duty]}: {each.name}
            </span>
          ))}
        </p>
        <Actions />
      </div>
    </section>
  );
}

function StepRow({ step }: { step: Step }) {
  const { zone } = useDesk();
  const at = step.at === null ? null : new Date(step.at);
  return (
    <li class={`way-step way-${step.standing}`} aria-current={step.standing === "now" ? "step" : undefined}>
      <span class="way-dot" aria-hidden="true">
        {step.standing === "done" && <Icon name="check" />}
      </span>
      <strong>{t.value.notula.states[step.name]}</strong>
      {step.by && (
        <small class="soft">
          {step.by}
          {at && (
            <>
              {" "}
              <time class="together" dateTime={at.toISOString()}>
                {shortDate(at, zone, language.value)}, {clockWithZone(at, zone)}
              </time>
            </>
          )}
        </small>
      )}
    </li>
  );
}

function Next() {
  const { manuscript } = useDesk();
  const { me } = useServices();
  const text = words.value;
  const notula = manuscript.notula.value;
  const next = turn(notula, Date.now());
  if (!next) return <strong>{notula.state === "archived" ? text.finished : ""}</strong>;
  const does = {
    look: notula.may.edit,
    submit: notula.may.submit,
    answer: notula.may.answer,
    window: notula.may.close_window,
    initial: notula.may.initial,
    approve: notula.may.approve,
    sign_minute_taker: notula.may.sign,
    sign_chair: notula.may.sign,
    archive: notula.may.archive,
  };
  const mine = next.who ? next.who.id === me.value?.id : does[next.task];
  const who = next.who ? named(next.who) : text.anybody[next.task];
  return <strong>{mine ? text.yours(text.tasks[next.task]) : text.next(text.tasks[next.task], who)}</strong>;
}

function named({ name, position }: { name: string; position: string }): string {
  return position ? `${name} (${position})` : name;
}
