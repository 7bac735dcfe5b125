/** Whether two plain values say the same, in whatever order their keys stand. Pure. */

export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every(
      (key) => key in other && same(one[key as keyof typeof one], (other as Record<string, unknown>)[key]),
    )
  );
}
