import { expect, it } from "vitest";
import type { Line } from "../api/types";
import { speakers, turns, wordAt } from "./turns";

const line = (id: string, seat: string, start: number, more: Partial<Line> = {}): Line => ({
  id,
  meeting_id: "m",
  seat,
  office: "KPU RI",
  speaker: seat,
  position: null,
  known_by: "sole_occupant",
  start,
  end: start + 2,
  text: id,
  version: 1,
  edited: false,
  words: [],
  flags: [],
  audio: `/api/v1/lines/${id}/audio`,
  ...more,
});

const shape = (lines: Line[]) => turns(lines).map((turn) => turn.lines.map((each) => each.id).join(""));

it("joins what one speaker says without a long pause", () => {
  expect(shape([line("a", "x", 0), line("b", "x", 3), line("c", "y", 6), line("d", "x", 9)])).toEqual([
    "ab",
    "c",
    "d",
  ]);
  expect(shape([line("a", "x", 0), line("b", "x", 40)])).toEqual(["a", "b"]);
});

it("parts people who share a seat", () => {
  expect(
    shape([line("a", "x", 0), line("b", "x", 3, { speaker: null }), line("c", "x", 6, { speaker: null })]),
  ).toEqual(["a", "bc"]);
});

it("finds the word being spoken", () => {
  const words = [0, 0.5, 1.2].map((start) => ({
    text: "kata",
    start,
    end: start + 0.3,
    probability: 1,
    doubt: 0,
    heard: null,
    by_hand: false,
    checked: false,
    redacted: false,
  }));
  const spoken = line("a", "x", 0, { words });
  expect([-1, 0.1, 0.9, 1.2, 9].map((time) => wordAt(spoken, time))).toEqual([-1, 0, 1, 2, 2]);
});

it("knows who has spoken, with their positions, each once", () => {
  const found = speakers([
    line("a", "Sari", 0),
    line("b", "x", 1, { speaker: null }),
    line("c", "Dodi", 2, { position: "Anggota" }),
    line("d", "Sari", 3, { position: "Ketua" }),
  ]);
  expect([...found]).toEqual([
    ["Sari", "Ketua"],
    ["Dodi", "Anggota"],
  ]);
});
