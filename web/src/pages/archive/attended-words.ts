/** How the page says what is known of people and what was corrected. */

import type { Attendance, Change, Correction, OfficeAttendance, Person } from "../../api/types";
import { clock, clockWithZone, number, shortDate } from "../../format/time";
import { language, t } from "../../locales";

export function standing(of: Person | OfficeAttendance): string {
  const text = t.value.attendance;
  return of.status === "represented" && of.represented_by
    ? text.represented(of.represented_by)
    : text.statuses[of.status];
}

/** "Status: Izin; keterangan: tugas luar", or which correction it takes back. */
export function corrected(correction: Correction, zone: string): string {
  const text = t.value.attendance;
  if (correction.withdraws !== null) return text.withdraws(String(correction.withdraws));
  const set = correction.set;
  return (Object.keys(text.fields) as (keyof typeof text.fields)[])
    .filter((field) => set[field] !== undefined)
    .map((field) => `${text.fields[field]}: ${value(field, set, zone) || text.emptied}`)
    .join("; ");
}

function value(field: keyof Change, set: Change, zone: string): string {
  const text = t.value.attendance;
  if (field === "status" && set.status) return text.statuses[set.status];
  if (field === "mode" && set.mode) return text.modes[set.mode];
  if (field === "role" && set.role) return text.roles[set.role];
  const said = set[field] ?? "";
  return field === "came_at" || field === "left_at" ? clockWithZone(new Date(said), zone) : said;
}

/** Who corrected, and when. */
export function by(correction: Correction, zone: string): string {
  const at = new Date(correction.at);
  return `${correction.by}, ${shortDate(at, zone, language.value)}, ${clockWithZone(at, zone)}`;
}

/** What the room saw of somebody. */
export function measured(person: Person, opened: Date, zone: string): string {
  const text = t.value.attendance;
  const seen = person.measured;
  if (!seen) return text.unmeasured;
  const at = (seconds: number) => clock(new Date(opened.getTime() + seconds * 1000), zone);
  const times = text.measured(at(seen.came), at(seen.left), number(Math.round(seen.minutes), language.value));
  return seen.name === person.name ? times : `${text.measuredName(seen.name)}. ${times}`;
}

export function numbered(found: Attendance, numbers: readonly number[]): Correction[] {
  return found.corrections.filter((each) => numbers.includes(each.number));
}
