import { expect, it } from "vitest";
import type { FlagKind } from "../../api/types";
import { stops } from "../review";
import { line } from "./lines";
import { checked } from "./overlay";
import { editorsOf, heard, others } from "./presence";
import { following, ordered, progress, reviewed } from "./queue";

const KINDS: ReadonlySet<FlagKind> = new Set(["number", "name"]);
const first = line("a", "pukul [sembilan] oleh [Ratna]");
const second = line("b", "lima [persen]", { start: 10 });
second.words[1] = { ...second.words[1], doubt: 0.8 } as (typeof second.words)[number];

it("brings the most doubtful first, or all in the order spoken", () => {
  const found = stops([first, second], KINDS);
  expect(ordered(found, "time").map((stop) => stop.key)).toEqual([
    "periksa-a-1",
    "periksa-a-3",
    "periksa-b-1",
  ]);
  expect(ordered(found, "doubt").map((stop) => stop.key)).toEqual([
    "periksa-b-1",
    "periksa-a-1",
    "periksa-a-3",
  ]);
  expect(found[0]).toMatchObject({ start: 6, end: 14 });
});

it("goes on to the one after what is settled, and to none after the last", () => {
  const found = stops([first, second], KINDS);
  expect(following(found, "periksa-b-1")?.key).toBe("periksa-a-1");
  expect(following(found.slice(0, 1), "periksa-a-1")).toBeUndefined();
  expect(following(found, null)?.key).toBe("periksa-a-1");
});

it("counts what is confirmed as done, and knows when nobody has looked yet", () => {
  const lines = [first, second];
  expect(reviewed(progress(lines, 3), lines)).toBe("none");
  const later = [checked(first, 6, 14), second];
  const now = progress(later, stops(later, KINDS).length);
  expect(now).toEqual({ left: 2, done: 1, share: 1 / 3 });
  expect([reviewed(now, later), reviewed({ ...now, left: 0 }, later)]).toEqual(["some", "all"]);
});

it("shows everybody else once, with the line that they edit", () => {
  const rini = { id: "r", name: "Rini", line: "a", editing: false };
  const people = [
    rini,
    { ...rini, line: "b", editing: true },
    { id: "d", name: "Dewi", line: null, editing: false },
  ];
  expect(others(people, "d")).toEqual([{ ...rini, line: "b", editing: true }]);
  expect(editorsOf(people, "a")).toEqual([]);
  expect(editorsOf(people, "b")).toHaveLength(1);
});

it("hears nothing that it does not know", () => {
  expect(heard('{"type":"changed","change":4}')).toEqual({ type: "changed", change: 4 });
  expect(["{", '{"type":"later"}', '{"type":"present"}', "null"].map(heard)).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
