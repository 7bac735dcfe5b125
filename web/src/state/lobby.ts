/** Who must be let in, in the order in which it is offered. */

import type { SetDoor } from "../protocol/messages";

export type Waits = SetDoor["waits"];
export const WAITS: readonly Waits[] = ["nobody", "guests", "everybody"];
