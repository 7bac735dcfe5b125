/** How long to wait before the next attempt. */

const FIRST_S = 0.3;
const LONGEST_S = 2;

/**
 * Seconds before attempt `attempt` (0 is the first retry). Short, since a restarted server should have everybody
 * back at once, and jittered (`chance` in 0..1), since everybody comes back at the same moment.
 */
export function backoff(attempt: number, chance: number): number {
  const ceiling = Math.min(LONGEST_S, FIRST_S * 2 ** attempt);
  return ceiling * (0.5 + chance / 2);
}
