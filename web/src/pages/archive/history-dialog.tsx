/** Everything that was done with a line, the machine's words first, and the way back to any of it. */

import type { HistoryEntry } from "../../api/editing";
import type { Line } from "../../api/types";
import { Dialog } from "../../components/dialog";
import { Failed, Loading, useLoaded } from "../../components/feedback";
import { clockWithZone, shortDate } from "../../format/time";
import { language, t } from "../../locales";
import { homeZone, useServices } from "../../services";
import { Compared } from "./compared";
import { useDesk } from "./desk";

export function HistoryDialog({ line, close }: { line: Line; close: () => void }) {
  const { api, editing } = useDesk();
  const text = t.value.editing;
  const { value, failed, again } = useLoaded(() => api.history(line.id), `${line.id}.${line.version}`);
  const heard = value?.find((entry) => entry.before)?.before?.text ?? line.text;
  const restore = (put: string) => {
    editing?.do(line, (of) => ({ ...of, kind: "text", text: put }));
    close();
  };
  return (
    <Dialog title={text.historyTitle} close={close} wide>
      {failed && <Failed code={failed} retry={again} />}
      {!value && !failed && <Loading />}
      {value && (
        <>
          <h3>{text.machine}</h3>
          <p class="compared" lang="id">
            {heard}
          </p>
          {value.length === 0 ? (
            <p class="soft">{text.unchanged}</p>
          ) : (
            <>
              <h3>{text.now}</h3>
              <Compared before={heard} after={line.text} />
              {heard !== line.text && (
                <button type="button" class="button button-small" onClick={() => restore(heard)}>
                  {text.restoreMachine}
                </button>
              )}
              <ol class="history" reversed>
                {[...value].reverse().map((entry) => (
                  <Entry key={entry.edit} entry={entry} now={line.text} restore={restore} />
                ))}
              </ol>
            </>
          )}
        </>
      )}
    </Dialog>
  );
}

function Entry({
  entry,
  now,
  restore,
}: {
  entry: HistoryEntry;
  now: string;
  restore: (text: string) => void;
}) {
  const zone = homeZone(useServices().me.value);
  const text = t.value.editing;
  const at = new Date(entry.at);
  const when = `${shortDate(at, zone, language.value)} ${clockWithZone(at, zone)}`;
  const [was, is] = [entry.before?.text ?? "", entry.after?.text ?? ""];
  const named = entry.kind === "speaker" || entry.before?.speaker !== entry.after?.speaker;
  return (
    <li>
      <p class="history-head">
        <strong>{entry.by.name}</strong> {text.kinds[entry.kind]} <time class="soft numbers">{when}</time>
      </p>
      {was !== is && <Compared before={was} after={is} />}
      {named && entry.after?.speaker && <p class="soft">{text.speakerNow(entry.after.speaker)}</p>}
      {entry.why && <p class="soft">{text.because(entry.why)}</p>}
      {entry.before && was !== is && was !== now && (
        <button
          type="button"
          class="button button-small"
          aria-label={text.restoreOf(when)}
          onClick={() => restore(was)}
        >
          {text.restore}
        </button>
      )}
    </li>
  );
}
