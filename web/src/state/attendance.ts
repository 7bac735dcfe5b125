/** Corrections of an attendance list, as the page prepares and tells them. Pure. */

import type { Attendance, Change, Correction, Person } from "../api/types";
import { instant } from "../format/time";

/** Of whom a correction speaks. `person` null: somebody who is added. */
export type Subject =
  | { kind: "office"; id: string; name: string }
  | { kind: "person"; id: string; name: string; person: Person }
  | { kind: "added" };

/** A form's values; times as `09:05`. */
export type Filled = Readonly<Record<string, string>>;

const TEXTS = ["name", "position", "represented_by", "note"] as const;
const CHOICES = ["status", "mode", "role"] as const;
const TIMES = ["came_at", "left_at"] as const;

/** What differs from how the form was first filled: only that is corrected. */
export function changed(
  before: Filled,
  after: Filled,
  near: { came_at: Date; left_at: Date },
  zone: string,
): Change {
  const different = (name: string) =>
    name in after && (after[name] ?? "").trim() !== (before[name] ?? "").trim();
  const found: Record<string, string> = {};
  for (const name of TEXTS) if (different(name)) found[name] = (after[name] ?? "").trim();
  for (const name of CHOICES) if (different(name) && after[name]) found[name] = after[name];
  for (const name of TIMES)
    if (different(name) && after[name]) found[name] = nearest(after[name], near[name], zone);
  return found;
}

/** The moment nearest to `reference` at which clocks of `zone` show `time`: a meeting may go on over midnight. */
export function nearest(time: string, reference: Date, zone: string): string {
  const day = 86_400_000;
  const away = (moment: string) => Math.abs(new Date(moment).getTime() - reference.getTime());
  const days = [-day, 0, day].map((offset) =>
    new Date(reference.getTime() + offset).toLocaleDateString("sv-SE", { timeZone: zone }),
  );
  const moments = days.map((date) => instant(date, time, zone));
  return moments.reduce((best, moment) => (away(moment) < away(best) ? moment : best));
}

/** How somebody stands, as a form is filled with it; who came late was present. */
export function filled(person: Person, clock: (at: Date) => string): Filled {
  const time = (at: string | null) => (at === null ? "" : clock(new Date(at)).replace(".", ":"));
  return {
    name: person.name,
    position: person.position,
    status: person.status === "late" ? "present" : person.status,
    represented_by: person.represented_by,
    mode: person.mode ?? "",
    role: person.role,
    came_at: time(person.came_at),
    left_at: time(person.left_at),
    note: person.note,
  };
}

/** Everything that was ever corrected of somebody, newest first, withdrawals included. */
export function historyOf(found: Attendance, subject: Subject): Correction[] {
  if (subject.kind === "added") return [];
  return found.corrections.filter((each) => each.kind === subject.kind && each.id === subject.id).reverse();
}

/** Whether a correction can be taken back: it has effect, be it a change or a withdrawal. */
export function withdrawable(found: Attendance, number: number): boolean {
  return !withdrawn(found).has(number);
}

/** Numbers of corrections that have no effect, seen from the newest as the server does. */
export function withdrawn(found: Attendance): Set<number> {
  const gone = new Set<number>();
  for (const each of found.corrections.toReversed())
    if (each.withdraws !== null && !gone.has(each.number)) gone.add(each.withdraws);
  return gone;
}

/** How the subject of a correction is called: as they stand on the list, else as they were added. */
export function calledOf(found: Attendance, correction: Correction): string {
  const { kind, id } = correction;
  for (const office of found.offices) {
    if (kind === "office" && office.office_id === id) return office.office;
    const person = kind === "person" && office.people.find((each) => each.person === id);
    if (person) return `${person.name} (${office.office})`;
  }
  return found.corrections.find((each) => each.id === id && each.set.name)?.set.name ?? id;
}
