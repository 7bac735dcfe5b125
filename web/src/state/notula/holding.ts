/** What cannot be saved yet, and what is saved in its stead. Pure.

The server takes a notula as a whole or not at all. One statement that lacks its words or its citation would keep all others
from being saved; so it is held back, and where the server knows an earlier form of it, that one stands.
*/

import type { Content } from "../../api/notula";
import { type Any, BINDING, indexed, laid, listed, type Place, places, removed } from "./content";

export type Lack = "text" | "citation";

/** What a statement lacks, by id. */
export function lacking(content: Content): ReadonlyMap<string, Lack> {
  const found = new Map<string, Lack>();
  for (const place of places(content))
    for (const statement of listed(content, place)) {
      const lack = lackOf(statement, place);
      if (lack) found.set(statement.id, lack);
    }
  return found;
}

function lackOf(statement: Any, place: Place): Lack | null {
  if (statement.text.trim() === "") return "text";
  return BINDING.has(place.section) && statement.cites.length === 0 ? "citation" : null;
}

/** `mine` as it can be saved; `saved` is what the server has. */
export function sendable(mine: Content, saved: Content): Content {
  const before = indexed(saved);
  let sent = trimmed(mine);
  for (const id of lacking(mine).keys()) {
    sent = removed(sent, id);
    const known = before.get(id);
    if (known && hasPlace(sent, known.place))
      sent = inserted(sent, known.place, known.index, known.statement);
  }
  return sent;
}

const hasPlace = (content: Content, place: Place) => places(content).some(({ key }) => key === place.key);

function inserted(content: Content, place: Place, index: number, statement: Any): Content {
  const list = listed(content, place);
  return laid(content, place, [...list.slice(0, index), statement, ...list.slice(index)]);
}

/** Blanks at the ends do not count: the server takes them off. */
function trimmed(content: Content): Content {
  return JSON.parse(
    JSON.stringify(content, (_, value) => (typeof value === "string" ? value.trim() : value)),
  );
}
