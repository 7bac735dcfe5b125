/** What stands above a notula: why it came back, how long proposals may be made, what was restored, what clashes. */

import { Icon } from "../../components/icons";
import { clockWithZone, longDate, number } from "../../format/time";
import { language } from "../../locales";
import { words } from "../../locales/notula-pages";
import { useDesk } from "./desk";

export function Notices() {
  const { manuscript, zone } = useDesk();
  const text = words.value;
  const { state, returned, window: open } = manuscript.notula.value;
  const clashes = manuscript.clashes.value.length;
  const when = (at: string) =>
    `${longDate(new Date(at), zone, language.value)}, ${clockWithZone(new Date(at), zone)}`;
  return (
    <>
      {state === "revoked" && <p class="notice notice-bad">{text.revokedNotice}</p>}
      {state === "amended" && <p class="notice notice-warn">{text.amendedNotice}</p>}
      {returned && (state === "returned" || state === "edited") && (
        <div class="notice notice-warn">
          <Icon name="warning" />
          <div>
            <strong>{text.returnedBy(returned.by, when(returned.at))}</strong>
            <p class="notula-reason">{returned.reason}</p>
          </div>
        </div>
      )}
      {open && Date.parse(open.until) > Date.now() && (
        <p class="notice">
          <Icon name="clock" />
          {text.window(when(open.until), left(Date.parse(open.until) - Date.now()))}
        </p>
      )}
      {manuscript.restored && (
        <p class="notice" role="status">
          {text.restored}
        </p>
      )}
      {clashes > 0 && (
        <p class="notice notice-warn" role="alert">
          <Icon name="warning" />
          {text.clashes(number(clashes, language.value))}
        </p>
      )}
    </>
  );
}

const HOUR_MS = 3_600_000;

/** How long it still is, in the largest unit of which there are two. */
function left(ms: number): string {
  const text = words.value.left;
  const count = (value: number) => number(Math.floor(value), language.value);
  if (ms >= 48 * HOUR_MS) return text.days(count(ms / (24 * HOUR_MS)));
  return ms >= 2 * HOUR_MS ? text.hours(count(ms / HOUR_MS)) : text.minutes(count(ms / 60_000));
}
