/** The directory's forms and lists, as values. Pure. */

import type { OfficeFields, PositionFields, PositionRow, PostKind, Role } from "../api/directory";
import type { Level, Office } from "../api/types";
import { dayText, type Language } from "../format/time";

interface PeriodWords {
  since: (day: string) => string;
  to: (day: string) => string;
  between: (first: string, last: string) => string;
  always: string;
}

/** `5 Jan 2026 sampai 31 Des 2026`. */
export function period(
  from: string | null,
  until: string | null,
  words: PeriodWords,
  language: Language,
): string {
  const first = from && dayText(from, language);
  const last = until && dayText(until, language);
  if (first && last) return words.between(first, last);
  if (first) return words.since(first);
  return last ? words.to(last) : words.always;
}

/** What a form says under a name; blanks around it do not count. */
export function read(form: FormData, name: string): string {
  return String(form.get(name) ?? "").trim();
}

const day = (form: FormData, name: string) => read(form, name) || null;

export function officeFields(form: FormData): OfficeFields {
  const level = read(form, "level") as Level;
  return {
    name: read(form, "name"),
    short_name: read(form, "short_name"),
    level,
    kind: level === "instansi" ? read(form, "kind") : "",
    parent_id: read(form, "parent_id") || null,
    code: read(form, "code"),
    zone: read(form, "zone"),
    valid_from: day(form, "valid_from"),
    valid_until: day(form, "valid_until"),
  };
}

export function positionFields(form: FormData): PositionFields {
  return {
    office_id: read(form, "office_id"),
    title: read(form, "title"),
    kind: read(form, "kind") as PostKind,
    valid_from: day(form, "valid_from"),
    valid_until: day(form, "valid_until"),
  };
}

/** What is sent to write a post that is kept already. */
export function fieldsOf({ office_id, title, kind, valid_from, valid_until }: PositionRow): PositionFields {
  return { office_id, title, kind, valid_from, valid_until };
}

/** A post can be ended by a click while it runs; one that begins later is edited instead. */
export function mayEnd(post: PositionFields, today: string): boolean {
  return (post.valid_from ?? today) <= today && (post.valid_until === null || post.valid_until > today);
}

const ABOVE: Record<Level, readonly Level[]> = {
  pusat: [],
  provinsi: ["pusat"],
  kabkota: ["provinsi"],
  instansi: ["pusat", "provinsi", "kabkota"],
};

/** Offices that may stand above one of this level; the server holds the same rule. */
export function aboveOf(level: Level, offices: readonly Office[], self = ""): Office[] {
  return offices.filter((each) => each.id !== self && each.level && ABOVE[level].includes(each.level));
}

/** The office and every one below it, in their order. */
export function under(office: string, offices: readonly Office[]): Office[] {
  const found = new Set([office]);
  // A parent stands anywhere in the list: as many passes as the tree has levels.
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const each of offices) if (each.parent_id && found.has(each.parent_id)) found.add(each.id);
  }
  return offices.filter((each) => found.has(each.id));
}

export interface Group {
  /** Short name of the office that leads the group; empty for those of no province. */
  label: string;
  level: Level;
  offices: Office[];
}

/** The choice that is kept though it is no longer offered: a form saved as it stands changes nothing. */
export function keptBeside(
  offices: readonly Office[],
  id: string | null | undefined,
  name: string | undefined,
): { id: string; name: string } | null {
  return id && !offices.some((each) => each.id === id) ? { id, name: name || id } : null;
}

/** For a list to choose from: the centre, each province with its regencies, then outside institutions. */
export function grouped(offices: readonly Office[]): Group[] {
  const groups: Group[] = [];
  for (const each of offices) {
    const level = each.level ?? "instansi";
    const last = groups.at(-1);
    const joins = last && (level === "kabkota" || (level === "instansi" && last.level === "instansi"));
    if (joins) last.offices.push(each);
    else groups.push({ label: level === "instansi" ? "" : each.short_name, level, offices: [each] });
  }
  return groups;
}

/** Roles that one may give; an administrator is made by administrators, institutions send participants. */
export function rolesFor(mine: readonly string[], level: Level | null | undefined): Role[] {
  if (level === "instansi") return ["participant"];
  const given: Role[] = ["participant", "secretariat", "chair"];
  return mine.includes("admin") ? [...given, "admin"] : given;
}
