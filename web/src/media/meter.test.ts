import { expect, it } from "vitest";
import { loudness } from "./meter";

it("measures from silence to full scale", () => {
  expect(loudness(new Float32Array(64))).toBe(0);
  expect(loudness(new Float32Array(64).fill(1))).toBe(1);
  expect(loudness(new Float32Array(64).fill(0.03162))).toBeCloseTo(0.5, 2);
});
