import { expect, it } from "vitest";
import type { Flag, FlagKind, Line } from "../api/types";
import { counted, KINDS, keyOf, passages, places, stepped, stops } from "./review";
import { Reviewing, recalled } from "./reviewing";

const ALL: ReadonlySet<FlagKind> = new Set(KINDS);

/** A word of `text` written otherwise is given as `written=heard`. */
function line(id: string, text: string, flags: [FlagKind, string][] = []): Line {
  const words = text
    .split(" ")
    .map((each) => each.replaceAll("_", " ").split("="))
    .map(([written = "", heard = null], index) => ({
      text: written,
      start: index,
      end: index + 0.9,
      probability: 0.9,
      doubt: index / 100,
      heard,
      by_hand: false,
      checked: false,
      redacted: false,
    }));
  const whole = words.map((word) => word.text).join(" ");
  const flag = ([kind, passage]: [FlagKind, string]): Flag => {
    const start = whole.indexOf(passage);
    return { kind, start, end: start + passage.length, doubt: 0.5 };
  };
  return {
    id,
    meeting_id: "m",
    seat: "s",
    office: "KPU RI",
    version: 1,
    edited: false,
    speaker: "Ratna",
    position: null,
    known_by: "sole_occupant",
    start: 0,
    end: words.length,
    text: whole,
    words,
    flags: flags.map(flag),
    audio: "",
  };
}

const shape = (given: Line, kinds = ALL) =>
  passages(given, kinds).map((each) => [each.words.map((word) => word.text).join(" "), each.kinds.join("+")]);

it("parts a line at its marks and keeps every word", () => {
  const given = line("a", "kami tidak menerima tiga belas orang.", [
    ["negation", "tidak"],
    ["number", "tiga belas"],
  ]);
  expect(shape(given)).toEqual([
    ["kami", ""],
    ["tidak", "negation"],
    ["menerima", ""],
    ["tiga belas", "number"],
    ["orang.", ""],
  ]);
});

it("makes one passage of marks that share a word, and two of neighbours", () => {
  const given = line("a", "di Kalimantan utara dua orang", [
    ["name", "Kalimantan utara"],
    ["low_confidence", "utara dua"],
  ]);
  expect(shape(given)).toEqual([
    ["di", ""],
    ["Kalimantan utara dua", "low_confidence+name"],
    ["orang", ""],
  ]);
  expect(
    shape(
      line("a", "tidak tiga", [
        ["negation", "tidak"],
        ["number", "tiga"],
      ]),
    ),
  ).toEqual([
    ["tidak", "negation"],
    ["tiga", "number"],
  ]);
});

it("marks only what is asked for", () => {
  const given = line("a", "tidak tiga", [
    ["negation", "tidak"],
    ["number", "tiga"],
  ]);
  expect(shape(given, new Set<FlagKind>(["number"]))).toEqual([
    ["tidak", ""],
    ["tiga", "number"],
  ]);
  expect(shape(given, new Set())).toEqual([["tidak tiga", ""]]);
});

it("shows what was heard wherever it is written otherwise, marked or not", () => {
  const given = line("a", "tanggal 20_Juli=dua_puluh_Juli nanti", [["number", "20 Juli"]]);
  const heard = (kinds: ReadonlySet<FlagKind>) => passages(given, kinds).map((each) => each.heard);
  expect(heard(new Set())).toEqual([null, "dua puluh Juli", null]);
  expect(heard(ALL)).toEqual([null, "dua puluh Juli", null]);
  const wider = line("b", "tanggal 20_Juli=dua_puluh_Juli nanti", [["crosstalk", "tanggal 20 Juli"]]);
  expect(passages(wider, ALL).map((each) => [each.heard, each.doubt])).toEqual([
    ["tanggal dua puluh Juli", 0.01],
    [null, 0.02],
  ]);
});

it("has a line without words as a whole", () => {
  const given = { ...line("a", "tidak ada", [["negation", "tidak"]]), words: [] };
  expect(shape(given)).toEqual([["tidak ada", "negation"]]);
});

it("does not lose a word that is not in the text", () => {
  const given = { ...line("a", "satu hilang dua"), text: "satu, dua" };
  expect(places(given)).toEqual([
    [0, 4],
    [4, 4],
    [6, 9],
  ]);
  expect(shape(given)).toEqual([["satu hilang dua", ""]]);
});

it("counts flags by kind", () => {
  const lines = [
    line("a", "tidak tiga", [
      ["negation", "tidak"],
      ["number", "tiga"],
    ]),
    line("b", "lima", [["number", "lima"]]),
  ];
  expect(counted(lines)).toEqual({ low_confidence: 0, number: 2, name: 0, negation: 1, crosstalk: 0 });
});

it("goes from mark to mark and round at the ends", () => {
  const lines = [
    line("a", "ya tidak", [["negation", "tidak"]]),
    line("b", "ya"),
    line("c", "lima", [["number", "lima"]]),
  ];
  const found = stops(lines, ALL);
  const [first, last] = [keyOf(lines[0] as Line, 1), keyOf(lines[2] as Line, 0)];
  expect(found.map((each) => [each.key, each.at])).toEqual([
    [first, 1],
    [last, 0],
  ]);
  const next = (key: string | null, step: 1 | -1) => stepped(found, key, step)?.key;
  expect([next(null, 1), next(first, 1), next(last, 1)]).toEqual([first, last, first]);
  expect([next(null, -1), next(first, -1), next("gone", 1)]).toEqual([last, last, first]);
  expect(stepped([], null, 1)).toBeUndefined();
});

it("remembers what to mark, and forgets what it does not know", () => {
  let stored: string | null = null;
  const memory = {
    getItem: () => stored,
    setItem: (_: string, value: string) => {
      stored = value;
    },
  };
  const review = new Reviewing(memory);
  expect([...review.kinds.value]).toEqual([...KINDS]);
  review.want("name", false);
  review.turn(false);
  expect([...review.kinds.value]).toEqual([]);
  const again = new Reviewing(memory);
  again.turn(true);
  expect([...again.kinds.value]).toEqual(["low_confidence", "number", "negation", "crosstalk"]);
  again.want("name", true);
  expect([...again.kinds.value]).toEqual([...KINDS]);
  for (const odd of [null, "", "{", "null", "3", '{"on":false}', '{"kinds":5}'])
    expect(recalled(odd)).toEqual({ on: true, kinds: [...KINDS], order: "time" });
  expect(recalled('{"on":false,"kinds":["name","x"],"order":"doubt"}')).toEqual({
    on: false,
    kinds: ["name"],
    order: "doubt",
  });
});
