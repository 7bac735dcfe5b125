/** Only what a component shows of the room makes it render again: not every word of 552 people. */

import { computed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Call } from "../../state/call";
import type { RoomState } from "../../state/room";

/** What `select` gives of the room now. `keys`: what else it reads. */
export function useRoom<T>(call: Call, select: (room: RoomState) => T, ...keys: unknown[]): T {
  return useMemo(() => computed(() => select(call.room.value)), [call, ...keys]).value;
}
