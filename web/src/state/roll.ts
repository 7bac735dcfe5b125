/** Offices called to speak one after another. Pure. */

import type { RoomState } from "./room";

type Roll = RoomState["roll"];

/** How many were called, and who is next; null while there is no such round. */
export function progress(
  roll: Roll,
): { called: number; of: number; next: string | null; now: string | null } | null {
  if (roll.offices.length === 0) return null;
  const called = roll.offices.filter((each) => each.here !== null).length;
  const name = (found: Roll["offices"][number] | undefined) => found?.office ?? null;
  return {
    called,
    of: roll.offices.length,
    next: name(roll.offices.find((each) => each.here === null)),
    now: name(roll.offices.find((each) => each.office_id === roll.called)),
  };
}
