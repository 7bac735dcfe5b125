import { expect, it } from "vitest";
import { decoded, heights, shown, within } from "./wave";

it("shows the same part until the sound leaves it, then the next with a little of before", () => {
  const first = shown(null, 10, 40, 7200);
  expect(first).toEqual({ from: 6.8, to: 46.8 });
  expect(shown(first, 46.7, 40, 7200)).toBe(first);
  expect(shown(first, 46.8, 40, 7200).from).toBeCloseTo(43.6);
  expect(shown(first, 2, 40, 7200).from).toBe(0);
  expect(shown(first, 7199, 40, 7200)).toEqual({ from: 7160, to: 7200 });
  expect(shown(null, 3, 40, 20)).toEqual({ from: 0, to: 40 });
});

it("is as high as the loudest under a column", () => {
  const peaks = decoded(btoa(String.fromCharCode(0, 255, 51, 0, 102, 0)));
  expect(heights(peaks, 2, { from: 0, to: 3 }, 3)).toEqual([1, 0.2, 0.4]);
  expect(heights(peaks, 2, { from: 1, to: 2 }, 4)).toEqual([0.2, 0.2, 0, 0]);
  expect(heights(peaks, 2, { from: 2, to: 5 }, 3)).toEqual([0.4, 0, 0]);
});

it("says where a second stands", () => {
  expect([2, 4, 8].map((at) => within({ from: 2, to: 6 }, at))).toEqual([0, 0.5, 1.5]);
});
