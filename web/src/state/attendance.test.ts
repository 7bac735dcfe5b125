import { describe, expect, it } from "vitest";
import type { Attendance, Correction, Person } from "../api/types";
import { clock } from "../format/time";
import { calledOf, changed, filled, historyOf, nearest, withdrawable, withdrawn } from "./attendance";

const ZONE = "Asia/Jakarta";
const OPENED = new Date("2020-07-09T02:00:00Z"); // 09.00 WIB
const ENDED = new Date("2020-07-09T04:30:00Z");
const NEAR = { came_at: OPENED, left_at: ENDED };

const maria: Person = {
  person: "p1",
  name: "Maria Tandilangi",
  position: "Anggota",
  role: "participant",
  mode: "online",
  status: "late",
  represented_by: "",
  note: "",
  came_at: "2020-07-09T02:20:11Z",
  left_at: null,
  minutes: 130,
  measured: null,
  corrections: [],
};

const correction = (number: number, more: Partial<Correction> = {}): Correction => ({
  number,
  kind: "person",
  id: "p1",
  set: {},
  withdraws: null,
  counts: true,
  reason: "Surat tugas",
  by: "Dewi Anggraini",
  position: "Kasubbag",
  at: "2020-07-09T06:00:00Z",
  ...more,
});

const listed = (corrections: Correction[]) =>
  ({
    offices: [
      { office_id: "kaltara", office: "KPU Kaltara", people: [maria] },
      { office_id: "bali", office: "KPU Bali", people: [] },
    ],
    corrections,
  }) as unknown as Attendance;

describe("a correction of an attendance list", () => {
  const before = filled(maria, (at) => clock(at, ZONE));

  it("is filled with how somebody stands", () => {
    expect(before).toMatchObject({ status: "present", came_at: "09:20", left_at: "", mode: "online" });
  });

  it("holds what differs and nothing else", () => {
    expect(changed(before, before, NEAR, ZONE)).toEqual({});
    expect(changed(before, { ...before, name: " Maria Tandilangi " }, NEAR, ZONE)).toEqual({});
    const after = { ...before, position: "Plt. Ketua ", status: "excused", came_at: "08:55", note: "Izin" };
    expect(changed(before, after, NEAR, ZONE)).toEqual({
      position: "Plt. Ketua",
      status: "excused",
      came_at: "2020-07-09T01:55:00.000Z",
      note: "Izin",
    });
  });

  it("empties a text, and leaves a time and a choice that nobody made", () => {
    const noted = { ...before, note: "Izin" };
    expect(changed(noted, { ...noted, note: "", came_at: "", mode: "" }, NEAR, ZONE)).toEqual({ note: "" });
    expect(changed(before, { status: "absent" }, NEAR, ZONE)).toEqual({ status: "absent" });
  });

  it("means the nearest such time, also over midnight", () => {
    const late = new Date("2020-07-09T16:30:00Z"); // 23.30 WIB
    expect(nearest("00:15", late, ZONE)).toBe("2020-07-09T17:15:00.000Z");
    expect(nearest("23:10", late, ZONE)).toBe("2020-07-09T16:10:00.000Z");
    expect(nearest("00:30", late, "Asia/Makassar")).toBe(late.toISOString());
  });

  it("has effect until it is withdrawn, and again when that is", () => {
    const history = [
      correction(1, { set: { note: "x" } }),
      correction(2, { withdraws: 1 }),
      correction(3, { withdraws: 2 }),
    ];
    const effect = (count: number) => {
      const found = listed(history.slice(0, count));
      return found.corrections.filter((each) => withdrawable(found, each.number)).map((each) => each.number);
    };
    expect([effect(1), effect(2), effect(3)]).toEqual([[1], [2], [1, 3]]);
    expect(withdrawn(listed(history))).toEqual(new Set([2]));
  });

  it("is told with who it is about, also when they are gone from the list", () => {
    const found = listed([
      correction(1),
      correction(2, { kind: "office", id: "bali" }),
      correction(3, { id: "added-1", set: { name: "Siti" } }),
      correction(4, { id: "added-1", withdraws: 3 }),
    ]);
    expect(found.corrections.map((each) => calledOf(found, each))).toEqual([
      "Maria Tandilangi (KPU Kaltara)",
      "KPU Bali",
      "Siti",
      "Siti",
    ]);
    expect(
      historyOf(found, { kind: "person", id: "p1", name: "", person: maria }).map((each) => each.number),
    ).toEqual([1]);
    expect(historyOf(found, { kind: "added" })).toEqual([]);
  });
});
