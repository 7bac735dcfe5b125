/** Numbers of letters by a template, as the server writes them: for looking at before anything is saved. Pure. */

import type { NumberedKind, SchemeFields } from "../api/numbering";
import { read } from "./directory";

export const KINDS: readonly NumberedKind[] = ["notula", "berita-acara", "risalah", "tindak-lanjut"];
export const MARKS = ["no", "klasifikasi", "jenis", "unit", "satker", "bulan_romawi", "tahun"] as const;
const ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

export interface Day {
  year: number;
  /** From 1. */
  month: number;
}

export function numberOf(fields: SchemeFields, kind: NumberedKind, following: number, day: Day): string {
  const values: Record<string, string> = {
    no: String(following),
    klasifikasi: fields.classification,
    jenis: fields.codes[kind],
    unit: fields.unit,
    satker: fields.office,
    bulan_romawi: ROMAN[day.month - 1] ?? "",
    tahun: String(day.year),
  };
  return fields.template.replace(/\{([^{}]*)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Placeholders that nobody knows, as they are written. */
export function unknownMarks(template: string): string[] {
  const known: readonly string[] = MARKS;
  return [...template.matchAll(/\{([^{}]*)\}/g)]
    .map(([, name = ""]) => name)
    .filter((name) => !known.includes(name));
}

export function schemeFields(form: FormData): SchemeFields {
  const codes = Object.fromEntries(KINDS.map((kind) => [kind, read(form, `code-${kind}`)]));
  return {
    template: read(form, "template"),
    classification: read(form, "classification"),
    unit: read(form, "unit"),
    office: read(form, "office"),
    codes: codes as Record<NumberedKind, string>,
  };
}
