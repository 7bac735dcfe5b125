/** When a picture may stand under a name. */

import type { Slot } from "../protocol/messages";

/** What `getContributingSources()` gives, as far as it matters here. */
export interface Contributor {
  source: number;
  timestamp: number;
}

/** The source whose packets were played last; null when none is known. */
export function latest(contributors: readonly Contributor[]): number | null {
  let newest: Contributor | null = null;
  for (const each of contributors) if (!newest || each.timestamp > newest.timestamp) newest = each;
  return newest?.source ?? null;
}

/**
 * The slot map comes over the socket, the pictures over UDP, and either may be first. A tile shows what arrives only
 * when both name the same source, so that no face ever stands under another's name.
 */
export function agrees(slot: Slot | undefined, playing: number | null): boolean {
  return slot !== undefined && slot.seat !== null && slot.csrc !== null && slot.csrc === playing;
}
