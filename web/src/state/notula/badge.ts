/** How a notula's state is marked in lists: what holds, what wants attention, and what is under way. Pure. */

import type { State } from "../../api/notula";

const GOOD: ReadonlySet<State> = new Set(["approved", "signed", "archived"]);
const WANTING: ReadonlySet<State> = new Set(["returned", "amended", "revoked"]);

export function badgeOf(state: State): string {
  if (GOOD.has(state)) return "badge badge-good";
  return WANTING.has(state) ? "badge badge-warn" : "badge";
}
