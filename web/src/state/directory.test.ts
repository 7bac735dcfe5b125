import { describe, expect, it } from "vitest";
import type { Level, Office } from "../api/types";
import { calendarDay } from "../format/time";
import { directoryId } from "../locales/directory";
import {
  aboveOf,
  grouped,
  keptBeside,
  mayEnd,
  officeFields,
  period,
  positionFields,
  rolesFor,
  under,
} from "./directory";

const office = (id: string, level: Level, parent_id: string | null): Office => ({
  id,
  level,
  parent_id,
  name: id,
  short_name: id.toUpperCase(),
  zone: "Asia/Makassar",
});
const OFFICES = [
  office("kpuri", "pusat", null),
  office("kaltara", "provinsi", "kpuri"),
  office("bulungan", "kabkota", "kaltara"),
  office("bali", "provinsi", "kpuri"),
  office("bawaslu", "instansi", "kaltara"),
  office("polri", "instansi", null),
];
const ids = (offices: Office[]) => offices.map((each) => each.id);

const form = (given: Record<string, string>) => {
  const made = new FormData();
  for (const [name, value] of Object.entries(given)) made.append(name, value);
  return made;
};

describe("periods", () => {
  const words = directoryId.position;
  it("are told by what is known of them", () => {
    expect(period("2026-01-05", "2026-12-31", words, "id")).toBe("5 Jan 2026 sampai 31 Des 2026");
    expect(period("2026-01-05", null, words, "id")).toBe("sejak 5 Jan 2026");
    expect(period(null, "2026-12-31", words, "id")).toBe("sampai 31 Des 2026");
    expect(period(null, null, words, "id")).toBe("tanpa tanggal");
  });

  it("can be ended while they run", () => {
    const post = { office_id: "", title: "", kind: "definitif" as const };
    const may = (valid_from: string | null, valid_until: string | null) =>
      mayEnd({ ...post, valid_from, valid_until }, "2026-03-02");
    expect([may(null, null), may("2026-03-02", null), may("2026-03-01", "2026-04-01")]).toEqual([
      true,
      true,
      true,
    ]);
    expect([may("2026-03-03", null), may(null, "2026-03-02")]).toEqual([false, false]);
  });

  it("follow the calendar of Jakarta", () => {
    expect(calendarDay(new Date("2026-02-28T16:59:00Z"))).toBe("2026-02-28");
    expect(calendarDay(new Date("2026-02-28T17:00:00Z"))).toBe("2026-03-01");
  });
});

describe("the tree of offices", () => {
  it("knows who is under whom", () => {
    expect(ids(under("kaltara", OFFICES))).toEqual(["kaltara", "bulungan", "bawaslu"]);
    expect(ids(under("kpuri", [...OFFICES].reverse()))).toHaveLength(5);
    expect(under("nobody", OFFICES)).toEqual([]);
  });

  it("offers what may stand above", () => {
    expect(ids(aboveOf("provinsi", OFFICES))).toEqual(["kpuri"]);
    expect(ids(aboveOf("kabkota", OFFICES))).toEqual(["kaltara", "bali"]);
    expect(ids(aboveOf("instansi", OFFICES))).toEqual(["kpuri", "kaltara", "bulungan", "bali"]);
    expect(aboveOf("pusat", OFFICES)).toEqual([]);
  });

  it("keeps what is chosen already when it has ended", () => {
    expect(keptBeside(OFFICES, "irian", "KPU Irian")).toEqual({ id: "irian", name: "KPU Irian" });
    expect(keptBeside(OFFICES, "bali", "KPU Bali")).toBeNull();
    expect(keptBeside(OFFICES, "", "")).toBeNull();
    expect(keptBeside(OFFICES, null, undefined)).toBeNull();
  });

  it("is grouped by province, institutions last", () => {
    expect(grouped(OFFICES).map((each) => [each.label, ids(each.offices)])).toEqual([
      ["KPURI", ["kpuri"]],
      ["KALTARA", ["kaltara", "bulungan"]],
      ["BALI", ["bali"]],
      ["", ["bawaslu", "polri"]],
    ]);
  });
});

describe("forms", () => {
  it("give an office, whose kind is of institutions only", () => {
    const given = { name: " KPU X ", short_name: "X", level: "kabkota", kind: "polri", code: "65.01" };
    expect(officeFields(form(given))).toEqual({
      name: "KPU X",
      short_name: "X",
      level: "kabkota",
      kind: "",
      parent_id: null,
      code: "65.01",
      zone: "",
      valid_from: null,
      valid_until: null,
    });
    expect(officeFields(form({ ...given, level: "instansi" })).kind).toBe("polri");
  });

  it("give a post", () => {
    const given = {
      office_id: "bali",
      title: " Ketua",
      kind: "plt",
      valid_from: "2026-03-01",
      valid_until: "",
    };
    expect(positionFields(form(given))).toEqual({ ...given, title: "Ketua", valid_until: null });
  });

  it("offer the roles that one may give", () => {
    expect(rolesFor(["secretariat"], "kabkota")).toEqual(["participant", "secretariat", "chair"]);
    expect(rolesFor(["admin"], "pusat")).toContain("admin");
    expect(rolesFor(["admin"], "instansi")).toEqual(["participant"]);
  });
});
