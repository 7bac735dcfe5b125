import { describe, expect, it } from "vitest";
import { followUpsId } from "../locales/follow-ups";
import { addressOf, askedBy, changedText, EVERYTHING, leftText } from "./follow-ups";

const known = Object.keys(followUpsId.chips);
const back = (address: string) => askedBy(new URL(address, "http://localhost").searchParams, known);

describe("what is looked at", () => {
  it("stands in the address and comes back from it", () => {
    const asked = {
      q: "sengketa & bukti",
      status: "late",
      category: "monitoring",
      office: "kaltara",
      followUp: "a1",
      page: 3,
    } as const;
    expect(back(addressOf("all", asked))).toEqual(asked);
    expect(addressOf("own", {})).toBe("/tindak-lanjut");
    expect(addressOf("all", { status: "late" })).toBe("/tindak-lanjut/semua?status=late");
  });

  it("is everything where the address makes no sense", () => {
    expect(back("/tindak-lanjut?status=besok&hal=-1")).toEqual(EVERYTHING);
    expect(back("/tindak-lanjut?hal=x").page).toBe(1);
  });
});

it("says how many days are left", () => {
  const told = [null, -12, 0, 1, 5].map((days) => leftText(days, followUpsId, "id"));
  expect(told).toEqual(["", "terlambat 12 hari", "hari ini", "besok", "5 hari lagi"]);
});

it("says what a change changed", () => {
  const by = { name: "", position: "", office: "", person: false };
  const change = (before: Record<string, unknown>, after: Record<string, unknown>) =>
    changedText({ kind: "amended", text: "", before, after, by, at: "" }, followUpsId, "id");
  expect(change({ due: "2026-12-05", status: "selesai" }, { due: null, status: "dalam_proses" })).toEqual([
    "Tenggat: 5 Des 2026 → Tanpa tenggat",
  ]);
  expect(change({ percent: 0 }, { percent: 40 })).toEqual(["Persen: 0% → 40%"]);
  expect(change({}, { name: "surat.pdf", sha256: "ab" })).toEqual(["Bukti: surat.pdf"]);
  expect(change({}, {})).toEqual([]);
});
