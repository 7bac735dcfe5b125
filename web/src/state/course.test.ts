import { describe, expect, it } from "vitest";
import type { Line, Stretch } from "../api/types";
import { type Entry, lineAt, marks, parts, same, woven } from "./course";

const line = (id: string, start: number, seat = "a") =>
  ({ id, start, end: start + 2, seat, speaker: seat, position: null, office: "" }) as Line;
const stretch = (
  kind: Stretch["kind"],
  title: string,
  start: number,
  end: number | null,
  more: Partial<Stretch> = {},
): Stretch => ({
  kind,
  title,
  start,
  end,
  speaker: "",
  granted: 0,
  ...more,
});
const told = (entries: Entry[]) =>
  entries.map((entry) =>
    "mark" in entry ? entry.mark.what : entry.turn.lines.map((each) => each.id).join(""),
  );

describe("the course of a meeting", () => {
  it("marks where items, pauses and floors begin, and where pauses end", () => {
    const found = marks([
      stretch("item", "Pembukaan", 0, 10),
      stretch("off_record", "Doa", 4, 8),
      stretch("floor", "KPU Kaltara", 5, 65, { speaker: "Yusuf" }),
      stretch("item", "Paparan", 10, null),
      stretch("suspended", "", 70, null),
    ]);
    expect(found.map((mark) => [mark.at, mark.what, mark.title, mark.count])).toEqual([
      [0, "item", "Pembukaan", 1],
      [4, "paused", "Doa", null],
      [5, "floor", "KPU Kaltara: Yusuf", 60],
      [8, "recorded", "Doa", null],
      [10, "item", "Paparan", 2],
      [70, "suspended", "", null],
    ]);
  });

  it("marks a round of offices, and when there was no quorum", () => {
    const found = marks([stretch("no_quorum", "", 0, 60), stretch("roll", "KIP Aceh", 20, 40)]);
    expect(found.map((mark) => [mark.at, mark.what, mark.title])).toEqual([
      [0, "inquorate", ""],
      [20, "roll", "KIP Aceh"],
      [40, "rolled", "KIP Aceh"],
      [60, "quorate", ""],
    ]);
  });

  it("parts what one person said where the next item began", () => {
    const lines = [line("1", 1), line("2", 4), line("3", 7), line("4", 30, "b")];
    const items = marks([
      stretch("item", "A", 0, 5),
      stretch("item", "B", 5, 40),
      stretch("item", "C", 40, null),
    ]);
    expect(told(woven(lines, items))).toEqual(["item", "12", "item", "3", "4", "item"]);
    expect(told(woven(lines, []))).toEqual(["123", "4"]);
    expect(told(woven([], items))).toEqual(["item", "item", "item"]);
  });

  it("finds the line that was spoken at a second", () => {
    const lines = [line("1", 5), line("2", 9)];
    expect([0, 5, 8.9, 9, 100].map((at) => lineAt(lines, at)?.id)).toEqual(["1", "1", "1", "2", "2"]);
    expect(lineAt([], 1)).toBeUndefined();
  });
});

it("is drawn by minutes, each as long as its own lines are the same ones", () => {
  const lines = [line("a", 3), line("b", 59, "x"), line("c", 61, "y"), line("d", 200)];
  const minutes = parts(woven(lines, [{ at: 60, what: "recorded", title: "", count: null }]));
  expect(minutes.map((part) => [part.minute, told(part.entries)])).toEqual([
    [0, ["a", "b"]],
    [1, ["recorded", "c"]],
    [3, ["d"]],
  ]);
  const changed = lines.map((each) => (each.id === "c" ? { ...each } : each));
  const later = parts(woven(changed, [{ at: 60, what: "recorded", title: "", count: null }]));
  expect(minutes.map((part, index) => same(part, later[index] as typeof part))).toEqual([true, false, true]);
});
