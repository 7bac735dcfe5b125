/** Which follow-ups are looked at, as an address; and what their days and changes say. Pure. */

import type { Category, Changed, Status, Wanted } from "../api/follow-ups";
import { dayText, type Language, number } from "../format/time";

export interface FollowUpsAsked {
  q: string;
  status: Wanted;
  category: Category | "";
  office: string;
  /** An item of a notula, which several offices do. */
  followUp: string;
  page: number;
}

export const EVERYTHING: FollowUpsAsked = {
  q: "",
  status: "",
  category: "",
  office: "",
  followUp: "",
  page: 1,
};

const NAMES = {
  q: "q",
  status: "status",
  category: "kategori",
  office: "satker",
  followUp: "butir",
  page: "hal",
} as const;

/** `/tindak-lanjut/semua?status=late&hal=2`: what is not asked for is left out. */
export function addressOf(scope: "own" | "all", asked: Partial<FollowUpsAsked>): string {
  const given = { ...EVERYTHING, ...asked };
  const query = new URLSearchParams();
  for (const [key, name] of Object.entries(NAMES) as [keyof FollowUpsAsked, string][])
    if (given[key] !== EVERYTHING[key]) query.set(name, String(given[key]));
  const text = query.toString();
  return `/tindak-lanjut${scope === "all" ? "/semua" : ""}${text ? `?${text}` : ""}`;
}

/** What an address asks for; what makes no sense asks for nothing. */
export function askedBy(query: URLSearchParams, known: readonly string[]): FollowUpsAsked {
  const status = query.get(NAMES.status) ?? "";
  const page = Number(query.get(NAMES.page) ?? "1");
  return {
    q: query.get(NAMES.q) ?? "",
    status: known.includes(status) ? (status as Wanted) : "",
    category: (query.get(NAMES.category) ?? "") as Category | "",
    office: query.get(NAMES.office) ?? "",
    followUp: query.get(NAMES.followUp) ?? "",
    page: Number.isInteger(page) && page > 0 && page < 10_000 ? page : 1,
  };
}

interface DayWords {
  today: string;
  tomorrow: string;
  daysLeft: (days: string) => string;
  daysLate: (days: string) => string;
}

/** `terlambat 3 hari`; nothing where nothing is due any more. */
export function leftText(days: number | null, words: DayWords, language: Language): string {
  if (days === null) return "";
  if (days < 0) return words.daysLate(number(-days, language));
  if (days === 0) return words.today;
  return days === 1 ? words.tomorrow : words.daysLeft(number(days, language));
}

interface ChangeWords {
  status: Record<Status, string>;
  categories: Record<string, string>;
  priorities: Record<string, string>;
  noDue: string;
  history: { change: (before: string, after: string) => string; fields: Record<string, string> };
}

/** What a change changed, field by field: `Tenggat: 5 Des 2026 → 12 Des 2026`. The status is said by its kind. */
export function changedText(change: Changed, words: ChangeWords, language: Language): string[] {
  const said = (key: string, value: unknown): string => {
    if (key === "due") return value ? dayText(String(value), language) : words.noDue;
    if (key === "category") return words.categories[String(value)] ?? String(value);
    if (key === "priority") return words.priorities[String(value)] ?? String(value);
    if (key === "percent") return `${number(Number(value), language)}%`;
    return String(value ?? "");
  };
  return Object.entries(words.history.fields).flatMap(([key, label]) => {
    const [before, after] = [change.before[key], change.after[key]];
    if (before === undefined && after === undefined) return [];
    if (before === undefined || after === undefined) return [`${label}: ${said(key, after ?? before)}`];
    return [`${label}: ${words.history.change(said(key, before), said(key, after))}`];
  });
}
