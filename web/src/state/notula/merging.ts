/** Two people have changed one notula: what both can have, and where they clash. Pure.

Statement by statement and field by field; citations are a set, in which both may add and take away. Where the same field was
written in two ways the notula keeps what the server has, and the other is kept as a clash until a person has chosen.
*/

import type { Content } from "../../api/notula";
import { type Any, added, type Found, indexed, laid, type Place, places, removed, shaped } from "./content";
import { same } from "./same";

const LISTS = [
  "opening",
  "discussion",
  "conclusions",
  "decisions",
  "directions",
  "problems",
  "follow_ups",
  "closing",
] as const;

export type Field = Exclude<keyof Content, (typeof LISTS)[number]>;

export type Clash =
  /** Null: it was removed. `place`: where mine stands, or stood. */
  | {
      readonly kind: "statement";
      readonly id: string;
      readonly place: Place;
      readonly mine: Any | null;
      readonly theirs: Any | null;
    }
  | { readonly kind: "field"; readonly id: Field; readonly mine: unknown; readonly theirs: unknown };

export interface Merged {
  readonly content: Content;
  readonly clashes: readonly Clash[];
}

interface Placed {
  readonly place: string;
  readonly statement: Any;
}

export function merge(base: Content, mine: Content, theirs: Content): Merged {
  const clashes: Clash[] = [];
  const [was, own, other] = [indexed(base), indexed(mine), indexed(theirs)];
  const kept = new Map<string, Placed>();
  for (const id of new Set([...own.keys(), ...other.keys()])) {
    const { placed, clash } = settled(was.get(id), own.get(id), other.get(id));
    if (placed) kept.set(id, placed);
    if (clash) clashes.push(clash);
  }
  const framed = frame(base, mine, theirs, clashes);
  return { content: filled(framed, kept, base, mine, theirs), clashes };
}

function settled(
  was: Found | undefined,
  mine: Found | undefined,
  theirs: Found | undefined,
): { placed?: Placed; clash?: Clash } {
  if (!mine) return goneHere(was, theirs);
  if (!theirs) return goneThere(was, mine);
  const place = was && mine.place.key !== was.place.key ? mine.place : theirs.place;
  const form = (found: Found) => shaped(found.statement, place.section);
  const { both, own, clashes } = blended(form(was ?? theirs), form(mine), form(theirs));
  const placed = { place: place.key, statement: both };
  if (!clashes) return { placed };
  return { placed, clash: { kind: "statement", id: both.id, place, mine: own, theirs: both } };
}

function goneHere(was: Found | undefined, theirs: Found | undefined): { placed?: Placed; clash?: Clash } {
  if (!theirs) return {};
  const { place, statement } = theirs;
  const placed = { place: place.key, statement };
  if (!was) return { placed };
  if (same(was.statement, statement)) return {};
  return { placed, clash: { kind: "statement", id: statement.id, place, mine: null, theirs: statement } };
}

function goneThere(was: Found | undefined, { place, statement }: Found): { placed?: Placed; clash?: Clash } {
  if (!was) return { placed: { place: place.key, statement } };
  if (same(was.statement, statement)) return {};
  return { clash: { kind: "statement", id: statement.id, place, mine: statement, theirs: null } };
}

/** `both`: with theirs where the two clash; `own`: with mine there. */
function blended(was: Any, mine: Any, theirs: Any): { both: Any; own: Any; clashes: boolean } {
  const both: Record<string, unknown> = { ...theirs };
  const own: Record<string, unknown> = { ...theirs };
  let clashes = false;
  for (const key of Object.keys(theirs) as (keyof Any)[]) {
    if (key === "cites") {
      both.cites = own.cites = united(was.cites, mine.cites, theirs.cites);
      continue;
    }
    if (same(mine[key], was[key]) || same(mine[key], theirs[key])) continue;
    own[key] = mine[key];
    if (same(theirs[key], was[key])) both[key] = mine[key];
    else clashes = true;
  }
  return { both: both as unknown as Any, own: own as unknown as Any, clashes };
}

function united(was: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const dropped = new Set(was.filter((id) => !mine.includes(id)));
  const kept = theirs.filter((id) => !dropped.has(id));
  return [...kept, ...mine.filter((id) => !was.includes(id) && !kept.includes(id))];
}

/** The fields, and the items of the discussion without what was said under them. */
function frame(base: Content, mine: Content, theirs: Content, clashes: Clash[]): Content {
  const found: Record<string, unknown> = { ...theirs };
  for (const field of Object.keys(theirs) as Field[]) {
    if ((LISTS as readonly string[]).includes(field)) continue;
    if (same(mine[field], base[field]) || same(mine[field], theirs[field])) continue;
    if (same(theirs[field], base[field])) found[field] = mine[field];
    else clashes.push({ kind: "field", id: field, mine: mine[field], theirs: theirs[field] });
  }
  const items = (content: Content) => content.discussion.map(({ item }) => item);
  const kept = same(items(mine), items(base))
    ? items(theirs)
    : [
        ...items(mine),
        ...items(theirs).filter((item) => !items(mine).includes(item) && !items(base).includes(item)),
      ];
  found.discussion = kept.map((item) => ({ item, contributions: [] }));
  return found as unknown as Content;
}

function filled(
  framed: Content,
  kept: ReadonlyMap<string, Placed>,
  base: Content,
  mine: Content,
  theirs: Content,
): Content {
  const homes = new Set(places(framed).map(({ key }) => key));
  // An item that one has taken away while the other spoke under it: it stays.
  const lost = [...places(mine), ...places(theirs)].filter(
    (place) => !homes.has(place.key) && [...kept.values()].some((each) => each.place === place.key),
  );
  const items = [...new Set(lost.map(({ item }) => item))].map((item) => ({ item, contributions: [] }));
  let content: Content = { ...framed, discussion: [...framed.discussion, ...items] };
  for (const place of places(content)) {
    const ids = [...kept.keys()].filter((id) => kept.get(id)?.place === place.key);
    const order = ordered(ids, ...([base, mine, theirs].map((each) => idsOf(each, place)) as Three));
    content = laid(
      content,
      place,
      order.flatMap((id) => kept.get(id)?.statement ?? []),
    );
  }
  return content;
}

type Three = [string[], string[], string[]];

const idsOf = (content: Content, place: Place) =>
  [...indexed(content)].flatMap(([id, found]) => (found.place.key === place.key ? [id] : []));

/** As whoever has moved something ordered them, else as the server has it; the others after what they stood after. */
function ordered(ids: readonly string[], was: string[], mine: string[], theirs: string[]): string[] {
  const common = (list: string[], other: string[]) => list.filter((id) => other.includes(id));
  const moved = !same(common(mine, was), common(was, mine));
  const [lead, rest] = moved ? [mine, theirs] : [theirs, mine];
  const found = lead.filter((id) => ids.includes(id));
  for (const [index, id] of rest.entries()) {
    if (!ids.includes(id) || found.includes(id)) continue;
    const before = rest.slice(0, index).findLast((each) => found.includes(each));
    found.splice(before === undefined ? 0 : found.indexOf(before) + 1, 0, id);
  }
  return [...found, ...ids.filter((id) => !found.includes(id))];
}

/** What a person chose where two had written. `mine` false: what stands stays. */
export function chosen(content: Content, clash: Clash, mine: boolean): Content {
  if (!mine) return content;
  if (clash.kind === "field") return { ...content, [clash.id]: clash.mine };
  if (clash.mine === null) return removed(content, clash.id);
  const here = indexed(content).get(clash.id);
  const place = here?.place ?? places(content).find(({ key }) => key === clash.place.key);
  if (!place) return content;
  const own = shaped(clash.mine, place.section);
  if (!here) return added(content, place, own);
  const list = [...indexed(content).values()].filter((found) => found.place.key === place.key);
  return laid(
    content,
    place,
    list.map((found) => (found.statement.id === clash.id ? own : found.statement)),
  );
}
