/** Who writes, checks, signs and archives this notula. */

import { useState } from "preact/hooks";
import { notulaApi, type Person } from "../../api/notula";
import { Dialog } from "../../components/dialog";
import { codeOf, Failed, Loading, Problem, useLoaded } from "../../components/feedback";
import { Icon } from "../../components/icons";
import { withPosition } from "../../format/people";
import { t } from "../../locales";
import { words } from "../../locales/notula-pages";
import { useDesk } from "./desk";

type Single = "minute_taker" | "chair" | "archivist";

export function DutiesDialog({ close }: { close: () => void }) {
  const { manuscript } = useDesk();
  const meeting = manuscript.notula.value.meeting_id;
  const people = useLoaded(() => notulaApi.people(meeting), meeting);
  const text = words.value;
  return (
    <Dialog title={text.duties} close={close} wide>
      <p class="soft">{text.dutiesLead}</p>
      {people.value ? (
        <Form people={people.value} close={close} />
      ) : people.failed ? (
        <Failed code={people.failed} retry={people.again} />
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}

function Form({ people, close }: { people: readonly Person[]; close: () => void }) {
  const { manuscript } = useDesk();
  const { duties, meeting_id } = manuscript.notula.value;
  const [given, setGiven] = useState<Record<Single, string>>({
    minute_taker: duties.minute_taker?.id ?? "",
    chair: duties.chair?.id ?? "",
    archivist: duties.archivist?.id ?? "",
  });
  const [checkers, setCheckers] = useState<readonly string[]>(duties.checkers.map(({ id }) => id));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async () => {
    setBusy(true);
    try {
      manuscript.hear(
        await notulaApi.assign(meeting_id, {
          minute_taker: given.minute_taker || null,
          checkers,
          chair: given.chair || null,
          archivist: given.archivist || null,
        }),
      );
      close();
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  const single = (duty: Single) => (
    <One
      duty={duty}
      people={people}
      value={given[duty]}
      set={(id) => setGiven((last) => ({ ...last, [duty]: id }))}
    />
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {single("minute_taker")}
      <Checkers people={people} chosen={checkers} set={setCheckers} />
      {single("chair")}
      {single("archivist")}
      <Problem code={problem} />
      <div class="buttons">
        <button type="button" class="button" onClick={close}>
          {t.value.app.cancel}
        </button>
        <button type="submit" class="button button-main" disabled={busy}>
          {t.value.app.save}
        </button>
      </div>
    </form>
  );
}

interface OneProps {
  duty: Single;
  people: readonly Person[];
  value: string;
  set: (id: string) => void;
}

function One({ duty, people, value, set }: OneProps) {
  const text = words.value;
  return (
    <label class="field">
      <span>{text.duty[duty]}</span>
      <select value={value} onChange={(event) => set(event.currentTarget.value)}>
        <option value="">{text.dutyAny[duty]}</option>
        {people.map((each) => (
          <option key={each.id} value={each.id}>
            {withPosition(each.name, each.position)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface CheckersProps {
  people: readonly Person[];
  chosen: readonly string[];
  set: (chosen: readonly string[]) => void;
}

function Checkers({ people, chosen, set }: CheckersProps) {
  const text = words.value;
  const name = (id: string) => people.find((each) => each.id === id)?.name ?? id;
  return (
    <fieldset class="statement-offices">
      <legend class="field-label">{text.duty.checkers}</legend>
      <ol class="duty-checkers">
        {chosen.map((id, index) => (
          <li key={id}>
            {index + 1}. {name(id)}
            <button
              type="button"
              class="button button-quiet button-icon button-small"
              aria-label={text.dropChecker(name(id))}
              onClick={() => set(chosen.filter((each) => each !== id))}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ol>
      <select
        aria-label={text.addChecker}
        value=""
        onChange={(event) => {
          const id = event.currentTarget.value;
          if (id) set([...chosen, id]);
        }}
      >
        <option value="">{text.addChecker}</option>
        {people
          .filter(({ id }) => !chosen.includes(id))
          .map((each) => (
            <option key={each.id} value={each.id}>
              {withPosition(each.name, each.position)}
            </option>
          ))}
      </select>
    </fieldset>
  );
}
