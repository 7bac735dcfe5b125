/** How many were there for each item of the agenda. */

import type { Attendance } from "../../api/types";
import { meetingClock, number } from "../../format/time";
import { language, t } from "../../locales";

export function AttendedItems({ found }: { found: Attendance }) {
  const text = t.value.attendance;
  if (found.items.length === 0) return null;
  const count = (value: number) => number(value, language.value);
  return (
    <details class="attended-items">
      <summary>{text.items}</summary>
      <ol>
        {found.items.map((each) => (
          <li key={each.number}>
            <span>
              {each.title}{" "}
              <small class="soft numbers">
                {meetingClock(each.start)}–{meetingClock(each.end)}
              </small>
            </span>
            <span class="soft">
              {text.itemCount(count(each.offices), count(found.invited), count(each.people.length))}
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}
