/** What a person has done and may take back. Pure. */

import type { Kind } from "./edits";

export interface Done {
  /** Of the edit that is taken back by undoing this. */
  id: string;
  /** What was done at first, however often it has been taken back since. */
  kind: Kind;
  line: string | null;
}

export interface Stack {
  past: readonly Done[];
  future: readonly Done[];
}

export const NOTHING_DONE: Stack = { past: [], future: [] };
const MOST = 200;

export function did(stack: Stack, done: Done): Stack {
  return { past: [...stack.past, done].slice(-MOST), future: [] };
}

/** `by`: id of the edit that took the newest back. */
export function undone(stack: Stack, by: string): Stack {
  const last = stack.past.at(-1);
  if (!last) return stack;
  return { past: stack.past.slice(0, -1), future: [...stack.future, { ...last, id: by }] };
}

/** `by`: id of the edit that did it once more. */
export function redone(stack: Stack, by: string): Stack {
  const last = stack.future.at(-1);
  if (!last) return stack;
  return { past: [...stack.past, { ...last, id: by }], future: stack.future.slice(0, -1) };
}

/** Without an edit that was never done, or cannot be taken back. */
export function without(stack: Stack, id: string): Stack {
  const others = (each: Done) => each.id !== id;
  return { past: stack.past.filter(others), future: stack.future.filter(others) };
}
