/** Dates and times as KPU writes them: `9 Juli 2020`, `09.00 WIB`; a meeting's own clock as `0.12.07`. */

export type Language = "id" | "en";

const ZONE_NAMES: Record<string, string> = {
  "Asia/Jakarta": "WIB",
  "Asia/Pontianak": "WIB",
  "Asia/Makassar": "WITA",
  "Asia/Jayapura": "WIT",
};

export const ZONES: readonly string[] = ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"];

const TAG: Record<Language, string> = { id: "id-ID", en: "en-GB" };

/** WIB, WITA or WIT; elsewhere the offset, as in GMT+2. */
export function zoneName(zone: string, at: Date = new Date(0)): string {
  const known = ZONE_NAMES[zone];
  if (known) return known;
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    timeZoneName: "shortOffset",
  }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}

export function longDate(at: Date, zone: string, language: Language): string {
  const style = { timeZone: zone, weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
  return new Intl.DateTimeFormat(TAG[language], style).format(at);
}

export function shortDate(at: Date, zone: string, language: Language): string {
  const style = { timeZone: zone, day: "numeric", month: "short", year: "numeric" } as const;
  return new Intl.DateTimeFormat(TAG[language], style).format(at);
}

/** A calendar day, `2020-07-09`, wherever one is: `9 Jul 2020`. */
export function dayText(day: string, language: Language): string {
  return shortDate(new Date(`${day}T00:00:00Z`), "UTC", language);
}

/** Today as `2020-07-09`, by the calendar of the central office, which dates appointments. */
export function calendarDay(now: Date): string {
  return now.toLocaleDateString("sv-SE", { timeZone: "Asia/Jakarta" });
}

/** `09.00` in both languages: Indonesian documents write the hour with a dot. */
export function clock(at: Date, zone: string): string {
  const style = { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return new Intl.DateTimeFormat("en-GB", style).format(at).replace(":", ".");
}

export function clockWithZone(at: Date, zone: string): string {
  return `${clock(at, zone)} ${zoneName(zone, at)}`;
}

/** The same instant in the other Indonesian zones, with the date where it differs: `10.00 WITA · 11.00 WIT`. */
export function elsewhere(at: Date, home: string, language: Language): string[] {
  const own = zoneName(home, at);
  return ZONES.filter((zone) => zoneName(zone, at) !== own).map((zone) => {
    const moved = shortDate(at, zone, language) !== shortDate(at, home, language);
    return `${clockWithZone(at, zone)}${moved ? ` (${shortDate(at, zone, language)})` : ""}`;
  });
}

/** Seconds of meeting time as `0.00.07`, hours first; with `short` and under an hour `00.07`. */
export function meetingClock(seconds: number, short = false): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (value: number) => String(value).padStart(2, "0");
  const tail = `${two(Math.floor(whole / 60) % 60)}.${two(whole % 60)}`;
  const hours = Math.floor(whole / 3600);
  return short && hours === 0 ? tail : `${hours}.${tail}`;
}

/** The instant that `date` (`2020-07-09`) and `time` (`09:00`) name on a wall clock of `zone`, as ISO in UTC. */
export function instant(date: string, time: string, zone: string): string {
  const guess = new Date(`${date}T${time}:00Z`);
  const shown = new Date(`${guess.toLocaleString("sv-SE", { timeZone: zone }).replace(" ", "T")}Z`);
  return new Date(guess.getTime() * 2 - shown.getTime()).toISOString();
}

/** The next full hour and today on a wall clock of `zone`, as date and time fields want them. */
export function nextHour(now: Date, zone: string): { date: string; time: string; today: string } {
  const shown = (at: Date) => at.toLocaleString("sv-SE", { timeZone: zone });
  const [date = "", time = ""] = shown(new Date(now.getTime() + 3_600_000)).split(" ");
  return { date, time: `${time.slice(0, 2)}:00`, today: shown(now).slice(0, 10) };
}

export function number(value: number, language: Language): string {
  return new Intl.NumberFormat(TAG[language]).format(value);
}
