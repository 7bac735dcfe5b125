import { expect, it } from "vitest";
import { streak } from "./muted";

const after = (levels: number[]) => levels.reduce(streak, 0);

it("counts speech through its dips, and forgets a cough", () => {
  expect(after([0.7, 0.6, 0.2, 0.7, 0.7, 0.7, 0.6, 0.7, 0.5, 0.6, 0.7])).toBeGreaterThanOrEqual(8);
  expect(after([0.8, 0.8, 0.1, 0.1, 0.1])).toBe(0);
});
