/** Who sits at a shared device, as lines of text: a name, and a position behind `|`. Pure. */

import type { Companion } from "../protocol/messages";

export function written(people: readonly Companion[]): string {
  return people.map((each) => [each.name, each.position].filter(Boolean).join(" | ")).join("\n");
}

export function read(text: string): Companion[] {
  const lines = text.split("\n").map((each) => each.trim());
  return lines.filter(Boolean).flatMap((each) => {
    const [name = "", ...position] = each.split("|").map((part) => part.trim());
    return name ? [{ name, position: position.join(" ").trim() }] : [];
  });
}

export const MOST = 40;
const LONGEST = 120;

/** Why the room would refuse them, by its code; null: it would not. */
export function refused(people: readonly Companion[]): "bad_company" | "named_twice" | null {
  if (people.length > MOST || people.some((each) => each.name.length > LONGEST)) return "bad_company";
  const names = new Set(people.map((each) => each.name.toLowerCase()));
  return names.size < people.length ? "named_twice" : null;
}

/** With one more, unless they are named already. */
export function joined(text: string, more: Companion): string {
  const people = read(text);
  const known = people.some((each) => each.name.toLowerCase() === more.name.toLowerCase());
  return written(known ? people : [...people, more]);
}
