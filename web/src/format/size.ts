/** How large a file is, as people say it: `1,2 GB`. */

import type { Language } from "./time";

const UNITS = ["kilobyte", "megabyte", "gigabyte"] as const;

export function fileSize(bytes: number, language: Language): string {
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const style = { style: "unit", unit: UNITS[unit] ?? "gigabyte", maximumSignificantDigits: 3 } as const;
  return new Intl.NumberFormat(language === "id" ? "id-ID" : "en-GB", style)
    .format(value)
    .replace(" ", "\u00a0");
}

export function percent(share: number, language: Language): string {
  const style = { style: "percent", maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(language === "id" ? "id-ID" : "en-GB", style).format(
    Math.floor(share * 100) / 100,
  );
}
