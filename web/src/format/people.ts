/** How people stand on tiles and in lists. */

interface Named {
  name: string;
  position: string;
  office: string;
}

/** `[KPU RI] Ratna Widjaja – Ketua`; a shared seat has the office's name and no second one. */
export function tileName({ name, position, office }: Named): string {
  return `[${office}] ${withPosition(name, position)}`;
}

export function withPosition(name: string, position: string | null): string {
  return position ? `${name} – ${position}` : name;
}

const HONORIFICS = /^(dr|drs|dra|ir|h|hj|prof|kh|st|bapak|ibu|plt|plh)\.?$/i;

/** One or two letters for an avatar: titles before and after a name do not count, single names are common. */
export function initials(name: string): string {
  const words = (name.split(",")[0] ?? "").split(/\s+/).filter((word) => word && !HONORIFICS.test(word));
  const first = words[0]?.[0] ?? "?";
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : "";
  return (first + last).toLocaleUpperCase("id");
}

/** One of `count` calm colours, the same for a name wherever it appears. */
export function hue(name: string, count: number): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return sum % count;
}
