import { describe, expect, it } from "vitest";
import type { SchemeFields } from "../api/numbering";
import { numberOf, schemeFields, unknownMarks } from "./numbering";

const FIELDS: SchemeFields = {
  template: "{no}/{klasifikasi}-{jenis}/{unit}/{satker}/{bulan_romawi}/{tahun}",
  classification: "HK.03.1",
  unit: "04",
  office: "KPU",
  codes: { notula: "Nt", risalah: "Rs", "tindak-lanjut": "TL", "berita-acara": "BA" },
};

describe("numbers of letters", () => {
  it("follow the template", () => {
    const day = { year: 2019, month: 5 };
    expect(numberOf(FIELDS, "berita-acara", 929, day)).toBe("929/HK.03.1-BA/04/KPU/V/2019");
    expect(numberOf({ ...FIELDS, template: "{no} {tahun}" }, "notula", 1, day)).toBe("1 2019");
  });

  it("leave what nobody knows as it is written, and name it", () => {
    const template = "{nomor}/{tahun}/{}";
    expect(numberOf({ ...FIELDS, template }, "notula", 1, { year: 2026, month: 12 })).toBe("{nomor}/2026/{}");
    expect(unknownMarks(template)).toEqual(["nomor", ""]);
    expect(unknownMarks(FIELDS.template)).toEqual([]);
  });

  it("are read from the form without blanks around them", () => {
    const form = new FormData();
    form.append("template", "  {no}/{tahun} ");
    form.append("code-notula", " Nt ");
    const found = schemeFields(form);
    expect(found.template).toBe("{no}/{tahun}");
    expect(found.codes).toEqual({ notula: "Nt", "berita-acara": "", risalah: "", "tindak-lanjut": "" });
  });
});
