/** A verification code as people write it, and as the server knows it: `ABCD-EFGH-2345-6789`. Pure. */

const LETTERS = /[^A-Z0-9]/g;

/** In four groups of four, whatever stands between the letters; null where there are not sixteen. */
export function codeOf(written: string): string | null {
  const letters = written.toLocaleUpperCase("en").replace(LETTERS, "");
  return letters.length === 16 ? (letters.match(/.{4}/g) ?? []).join("-") : null;
}
