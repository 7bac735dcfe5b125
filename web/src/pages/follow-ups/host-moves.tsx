import { useState } from "preact/hooks";
import { followUps, type Item, type Move } from "../../api/follow-ups";
import { Dialog } from "../../components/dialog";
import { t } from "../../locales";
import { read } from "../../state/directory";
import { Field } from "../directory/fields";
import type { Changing } from "./item";
import { Refused } from "./refused";
import { type Change, useChange } from "./use-change";

type Spoken = "return" | "cancel" | "reopen" | "remark";
const SPOKEN: readonly Spoken[] = ["return", "cancel", "reopen", "remark"];

/** What who held the meeting has to say: verified, returned, cancelled; each with words but the first. */
export function HostMoves({ item, set, again }: Changing) {
  const [meant, mean] = useState<Spoken | null>(null);
  const change = useChange(set);
  const text = t.value.followUps.host;
  const may = (move: Move) => item.may.moves.includes(move);
  const own = may("return") && !may("verify") && !item.verified;
  const verify = () => change.run(() => followUps.move(item.id, asked(item, "verify", "")));
  const say = async (move: Spoken, words: string) => {
    if (await change.run(() => followUps.move(item.id, asked(item, move, words)))) mean(null);
  };
  return (
    <section class="card move" aria-labelledby="verifikasi">
      <h2 id="verifikasi">{text.title}</h2>
      {may("verify") && <p class="soft">{text.lead}</p>}
      {own && <p class="soft">{text.own}</p>}
      {!meant && <Refused code={change.problem} again={again} />}
      <div class="buttons move-end">
        {may("verify") && (
          <button type="button" class="button button-main" disabled={change.busy} onClick={verify}>
            {text.verify}
          </button>
        )}
        {SPOKEN.filter(may).map((each) => (
          <button key={each} type="button" class="button" disabled={change.busy} onClick={() => mean(each)}>
            {text[each]}
          </button>
        ))}
        <span role="status" class="move-saved">
          {change.saved ? t.value.followUps.report.saved : ""}
        </span>
      </div>
      {meant && (
        <Words
          move={meant}
          change={change}
          again={again}
          close={() => {
            change.forget();
            mean(null);
          }}
          say={(words) => say(meant, words)}
        />
      )}
    </section>
  );
}

function asked(item: Item, move: Move, text: string) {
  return { move, version: item.version, text, percent: null };
}

interface WordsProps {
  move: Spoken;
  change: Change;
  again: () => void;
  close: () => void;
  say: (words: string) => void;
}

function Words({ move, change, again, close, say }: WordsProps) {
  const text = t.value.followUps.host;
  return (
    <Dialog title={text[move]} close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          say(read(new FormData(event.currentTarget), "words"));
        }}
      >
        <Refused code={change.problem} again={again} />
        <Field label={move === "remark" ? text.note : text.reason}>
          <textarea name="words" rows={3} required maxLength={2000} />
        </Field>
        <div class="buttons">
          <button type="button" class="button" onClick={close}>
            {t.value.app.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={change.busy}>
            {text[move]}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
