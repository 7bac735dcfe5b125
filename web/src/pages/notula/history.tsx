/** Who did what with the notula, newest first. */

import { clockWithZone, shortDate } from "../../format/time";
import { language } from "../../locales";
import { words } from "../../locales/notula-pages";
import { useDesk } from "./desk";

export function History() {
  const { manuscript, zone } = useDesk();
  const text = words.value;
  // Whoever is not of the host is told nothing of how it came about.
  if (manuscript.notula.value.history.length === 0) return null;
  const did: Record<string, string> = text.did;
  return (
    <details class="about card">
      <summary>
        <h2>{text.history}</h2>
      </summary>
      <ol class="about-list">
        {manuscript.notula.value.history.toReversed().map((each, index) => {
          const at = new Date(each.at);
          return (
            <li key={index}>
              <strong>{each.by}</strong> {did[each.move] ?? each.move}
              <small class="soft">
                <time dateTime={each.at}>
                  {shortDate(at, zone, language.value)}, {clockWithZone(at, zone)}
                </time>
              </small>
              {each.reason && <p class="notula-reason">{each.reason}</p>}
            </li>
          );
        })}
      </ol>
    </details>
  );
}
