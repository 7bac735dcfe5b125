import { expect, it } from "vitest";
import type { Slot } from "../protocol/messages";
import { agrees, latest } from "./agreement";

const slot: Slot = { mid: "8", kind: "camera", seat: "a", csrc: 7, paused: false };

it("takes the source that was played last", () => {
  expect(latest([])).toBeNull();
  expect(
    latest([
      { source: 1, timestamp: 20 },
      { source: 2, timestamp: 30 },
      { source: 3, timestamp: 10 },
    ]),
  ).toBe(2);
});

it("shows a picture only when map and packets name the same source", () => {
  expect(agrees(slot, 7)).toBe(true);
  expect(agrees(slot, 8)).toBe(false);
  expect(agrees(slot, null)).toBe(false);
  expect(agrees(undefined, 7)).toBe(false);
  expect(agrees({ ...slot, seat: null }, 7)).toBe(false);
  expect(agrees({ ...slot, csrc: null }, null)).toBe(false);
});
