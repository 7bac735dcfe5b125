/** The sections of a notula in the official order, and what a person does with their statements. Pure. */

import type {
  Content,
  Contribution,
  Decision,
  Direction,
  FollowUpPoint,
  Risk,
  Statement,
  Who,
} from "../../api/notula";

export type Section =
  | "opening"
  | "discussion"
  | "conclusions"
  | "decisions"
  | "directions"
  | "problems"
  | "follow_ups"
  | "closing";

/** Where statements stand: a section, or one item of the discussion. */
export interface Place {
  readonly key: string;
  readonly section: Section;
  /** The item's title; empty outside the discussion, and for what was said under none. */
  readonly item: string;
}

export type Any = Statement &
  Partial<
    Omit<Contribution, keyof Statement> &
      Omit<Direction, keyof Statement> &
      Omit<Decision, keyof Statement> &
      Omit<Risk, keyof Statement> &
      Omit<FollowUpPoint, keyof Statement>
  >;

export interface Found {
  readonly place: Place;
  readonly index: number;
  readonly statement: Any;
}

const BEFORE: readonly Section[] = ["opening"];
const AFTER: readonly Section[] = [
  "conclusions",
  "decisions",
  "directions",
  "problems",
  "follow_ups",
  "closing",
];

/** What binds somebody rests on something that was said; the server holds the same rule. */
export const BINDING: ReadonlySet<Section> = new Set([
  "conclusions",
  "decisions",
  "directions",
  "follow_ups",
]);

export const NOBODY: Who = { name: "", position: "", office: "" };

const plain = (section: Section): Place => ({ key: section, section, item: "" });

export function places(content: Pick<Content, "discussion">): Place[] {
  const seen = new Map<string, number>();
  const items = content.discussion.map(({ item }): Place => {
    const again = seen.get(item) ?? 0;
    seen.set(item, again + 1);
    return { key: `discussion/${item}${again ? `/${again + 1}` : ""}`, section: "discussion", item };
  });
  return [...BEFORE.map(plain), ...items, ...AFTER.map(plain)];
}

export function listed(content: Content, place: Place): readonly Any[] {
  if (place.section !== "discussion") return content[place.section];
  return content.discussion[indexOf(content, place)]?.contributions ?? [];
}

/** `content` with other statements in `place`. */
export function laid(content: Content, place: Place, list: readonly Any[]): Content {
  if (place.section !== "discussion") return { ...content, [place.section]: list };
  const at = indexOf(content, place);
  const contributions = list as readonly Contribution[];
  return {
    ...content,
    discussion: content.discussion.map((each, index) => (index === at ? { ...each, contributions } : each)),
  };
}

function indexOf(content: Content, place: Place): number {
  return places(content)
    .filter((each) => each.section === "discussion")
    .findIndex((each) => each.key === place.key);
}

/** All statements by id. */
export function indexed(content: Content): ReadonlyMap<string, Found> {
  return new Map(
    places(content).flatMap((place) =>
      listed(content, place).map((statement, index) => [statement.id, { place, index, statement }] as const),
    ),
  );
}

export function changed(content: Content, id: string, fields: Partial<Any>): Content {
  return replaced(content, id, (statement) => [{ ...statement, ...fields }]);
}

export function removed(content: Content, id: string): Content {
  return replaced(content, id, () => []);
}

function replaced(content: Content, id: string, put: (statement: Any) => Any[]): Content {
  const found = indexed(content).get(id);
  if (!found) return content;
  const list = listed(content, found.place);
  return laid(
    content,
    found.place,
    list.flatMap((each) => (each.id === id ? put(each) : [each])),
  );
}

/** One up or down within its place; at an end it stays. */
export function stepped(content: Content, id: string, step: 1 | -1): Content {
  const found = indexed(content).get(id);
  if (!found) return content;
  const list = [...listed(content, found.place)];
  const other = list[found.index + step];
  if (!other) return content;
  list[found.index + step] = found.statement;
  list[found.index] = other;
  return laid(content, found.place, list);
}

/** To the end of another place, as what statements there are. */
export function transferred(content: Content, id: string, to: Place): Content {
  const found = indexed(content).get(id);
  if (!found || found.place.key === to.key) return content;
  const without = removed(content, id);
  return laid(without, to, [...listed(without, to), shaped(found.statement, to.section)]);
}

/** A new one after `after`; at the end when that is null. */
export function added(content: Content, place: Place, statement: Any, after: string | null = null): Content {
  const list = listed(content, place);
  const at = list.findIndex((each) => each.id === after);
  const index = at < 0 ? list.length : at + 1;
  return laid(content, place, [
    ...list.slice(0, index),
    shaped(statement, place.section),
    ...list.slice(index),
  ]);
}

export function blank(id: string): Any {
  return { id, text: "", cites: [], origin: "hand" };
}

/** A statement as the section wants it: what both know is kept, who said it too. */
export function shaped(from: Any, section: Section): Any {
  const { id, text, cites, origin } = from;
  const base = { id, text, cites, origin };
  const who = from.speaker ?? from.by ?? NOBODY;
  switch (section) {
    case "opening":
    case "discussion":
    case "closing":
      return {
        ...base,
        speaker: who,
        manner: from.manner ?? "remark",
        named: from.named ?? true,
        law: from.law ?? from.basis ?? [],
      };
    case "conclusions":
      return base;
    case "decisions":
      return {
        ...base,
        basis: from.basis ?? from.law ?? [],
        how: from.how ?? "",
        objections: from.objections ?? "",
      };
    case "directions":
      return { ...base, by: who };
    case "problems":
      return {
        ...base,
        stage: from.stage ?? "",
        impact: from.impact ?? "",
        mitigation: from.mitigation ?? "",
        owner: from.owner ?? from.owners?.[0] ?? "",
      };
    case "follow_ups":
      return {
        ...base,
        owners: from.owners ?? (from.owner ? [from.owner] : []),
        offices: from.offices ?? [],
        all_offices: from.all_offices ?? false,
        related: from.related ?? [],
        category: from.category ?? "lainnya",
        due: from.due ?? null,
        priority: from.priority ?? "biasa",
        source: from.source ?? "",
      };
  }
}

/** The line is cited, or no more. `starts`: when each line begins; citations stand in that order. */
export function citing(
  content: Content,
  id: string,
  line: string,
  on: boolean,
  starts: ReadonlyMap<string, number>,
): Content {
  return replaced(content, id, (statement) => {
    const rest = statement.cites.filter((each) => each !== line);
    const cites = on
      ? [...rest, line].sort((one, other) => (starts.get(one) ?? 0) - (starts.get(other) ?? 0))
      : rest;
    return [{ ...statement, cites }];
  });
}
