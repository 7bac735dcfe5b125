import { expect, it } from "vitest";
import { difference, matches, merged } from "./difference";

const told = (before: string, after: string) =>
  difference(before, after).map(({ how, text }) => ({ same: text, came: `+${text}`, went: `-${text}` })[how]);

it("tells which words went and came", () => {
  expect(told("rapat dibuka pukul sepuluh pagi", "rapat dibuka pukul sembilan pagi")).toEqual([
    "rapat dibuka pukul",
    "-sepuluh",
    "+sembilan",
    "pagi",
  ]);
  expect(told("satu dua", "satu dua")).toEqual(["satu dua"]);
  expect(told("", "baru")).toEqual(["+baru"]);
  expect(told("lama", "")).toEqual(["-lama"]);
});

it("finds the longest way through, also where words repeat", () => {
  expect(matches(["a", "b", "a", "c"], ["a", "c", "a", "b", "a"])).toHaveLength(3);
  expect(matches(["a", "b"], ["b", "a"])).toHaveLength(1);
});

it("puts together what two people changed in different places, and says where they do not agree", () => {
  const base = "rapat dibuka pukul sepuluh oleh ketua";
  expect(
    merged(base, "rapat dibuka pukul sembilan oleh ketua", "Rapat dibuka pukul sepuluh oleh Ibu ketua"),
  ).toBe("Rapat dibuka pukul sembilan oleh Ibu ketua");
  expect(merged(base, base.replace("sepuluh", "sembilan"), base.replace("sepuluh", "delapan"))).toBeNull();
  expect(merged(base, "rapat ditutup", "rapat ditutup")).toBe("rapat ditutup");
});

it("takes texts of thousands of other words as other, rather than to compare for seconds", () => {
  const [one, other] = [0, 1].map((side) => Array.from({ length: 900 }, (_, at) => `w${at * 2 + side}`));
  expect(matches(one as string[], other as string[])).toEqual([]);
});
