import { expect, it } from "vitest";
import { opened, placed, saving } from "./editor";
import { cleaned, LONGEST } from "./edits";
import { line } from "./lines";

const open = opened(line("a", "rapat dibuka"), 3);

it("saves only what is another text, is none too long, and not empty", () => {
  const typed = (text: string) => saving({ ...open, typed: text }, "e")?.text ?? null;
  expect(typed(" rapat   dibuka ")).toBeNull();
  expect(typed("")).toBeNull();
  expect(typed("x".repeat(LONGEST + 1))).toBeNull();
  expect(typed("rapat ditutup")).toBe("rapat ditutup");
});

it("counts places as they are in the text that is kept", () => {
  const at = (typed: string, start: number, end: number) =>
    placed({ ...open, typed, selection: [start, end] });
  expect(at("rapat dibuka", 6, 12)).toEqual([6, 12]);
  expect(at("  rapat   dibuka", 10, 16)).toEqual([6, 12]);
  expect(at("rapat dibuka", 5, 5)).toEqual([5, 5]);
});

it("cleans as the server does", () => {
  expect(cleaned(" e\u0301\u200b \n dua\u00a0tiga\u0007 ")).toBe("é dua tiga");
});
