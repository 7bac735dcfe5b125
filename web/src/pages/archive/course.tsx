/** What happened in the meeting besides words: marks between turns, and its outcomes. */

import type { FollowUp, Line, Outcome, VoteResult } from "../../api/types";
import { Icon } from "../../components/icons";
import { clockWithZone, meetingClock, number, shortDate } from "../../format/time";
import { language, t } from "../../locales";
import { lineAt, type Mark } from "../../state/course";
import type { Player } from "../../state/player";
import { told } from "../room/vote-words";
import "./course.css";

interface MarkProps {
  mark: Mark;
  /** When meeting time begins, and the reader's zone. */
  opened: Date;
  zone: string;
}

export function MarkRow({ mark, opened, zone }: MarkProps) {
  const text = t.value.proceedings;
  const clock = () => clockWithZone(new Date(opened.getTime() + mark.at * 1000), zone);
  if (mark.what === "item")
    return (
      <li class="mark mark-item">
        <h2>
          <small>{text.item(mark.count ?? 0)}</small> {mark.title}
        </h2>
        <time class="numbers soft">{meetingClock(mark.at)}</time>
      </li>
    );
  const words = {
    floor: () =>
      [text.floor(mark.title), mark.count !== null && text.held(meetingClock(mark.count, true))]
        .filter(Boolean)
        .join(", "),
    suspended: () => text.suspended(clock()),
    resumed: () => text.resumed(clock()),
    paused: () => text.paused(mark.title),
    recorded: () => text.recorded,
    roll: () => t.value.gathering.rollStretch,
    rolled: () => t.value.gathering.rollStretchEnd(mark.title),
    inquorate: () => t.value.gathering.noQuorum(clock()),
    quorate: () => t.value.gathering.quorumAgain(clock()),
  };
  return <li class="mark soft">{words[mark.what]()}</li>;
}

interface OutcomesProps {
  outcomes: readonly Outcome[];
  votes: readonly VoteResult[];
  lines: readonly Line[];
  player: Player;
}

export function Outcomes({ outcomes, votes, lines, player }: OutcomesProps) {
  const standing = outcomes.filter((each) => !each.withdrawn);
  const voted = votes.filter((each) => !each.cancelled);
  if (standing.length + voted.length === 0) return null;
  return (
    <section class="results card" aria-labelledby="hasil">
      <h2 id="hasil">{t.value.proceedings.outcomes}</h2>
      <ul>
        {standing.map((each) => (
          <Result key={each.id} outcome={each} line={lineAt(lines, each.at)} player={player} />
        ))}
        {voted.map((each) => (
          <Voted key={each.id} vote={each} />
        ))}
      </ul>
    </section>
  );
}

/** What earlier meetings had left to be done, and what became of it. */
export function CarriedOver({ followUps }: { followUps: readonly FollowUp[] }) {
  const text = t.value.gathering;
  if (followUps.length === 0) return null;
  const day = (iso: string) => shortDate(new Date(`${iso}T00:00:00Z`), "UTC", language.value);
  const count = (value: number) => number(value, language.value);
  return (
    <section class="results card" aria-labelledby="bawaan">
      <h2 id="bawaan">{text.carried}</h2>
      <ul>
        {followUps.map((each) => (
          <li key={each.id}>
            <p class="result-text">
              <strong>{text.carriedHow[each.how]}.</strong> {each.text}
            </p>
            <p class="soft">
              {[
                each.offices > 0 && text.carriedDone(count(each.done), count(each.offices)),
                each.who,
                text.carriedFrom(each.of, day(each.date)),
                each.remark,
              ]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How an office voted is read in the details. */
function Voted({ vote }: { vote: VoteResult }) {
  const text = t.value.votes;
  return (
    <li>
      <p class="result-text">
        <strong>{text.title}.</strong> {vote.question}
      </p>
      <p class="soft">{[told(vote), vote.item].filter(Boolean).join(" · ")}</p>
      <details class="result-voices">
        <summary>{text.details}</summary>
        <ul>
          {vote.voices.map((each) => (
            <li key={each.office_id}>
              <span>{each.office}</span>
              <span class={each.choice ? undefined : "soft"}>
                {each.choice ? text.choices[each.choice] : text.silent}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </li>
  );
}

function Result({ outcome, line, player }: { outcome: Outcome; line: Line | undefined; player: Player }) {
  const kind = t.value.leading.kinds[outcome.kind];
  const due = outcome.due && shortDate(new Date(`${outcome.due}T00:00:00Z`), "UTC", language.value);
  const about = [outcome.who, due && t.value.leading.due(due), outcome.stage, outcome.item].filter(Boolean);
  const time = meetingClock(outcome.at);
  return (
    <li>
      <p class="result-text">
        <strong>{kind}.</strong> {outcome.text}
      </p>
      {about.length > 0 && <p class="soft">{about.join(" · ")}</p>}
      {line && (
        <button
          type="button"
          class="button button-quiet button-small"
          aria-label={t.value.proceedings.listenTo(kind, time)}
          title={t.value.proceedings.listen}
          onClick={() => player.play(line)}
        >
          <Icon name="play" />
          <span class="numbers">{time}</span>
        </button>
      )}
    </li>
  );
}
