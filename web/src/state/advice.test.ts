import { signal } from "@preact/signals";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Advice } from "./advice";
import type { Mode } from "./watch";

const quality = signal<number | undefined>(undefined);
const mode = signal<Mode>("full");
let advice: Advice;

const passes = (seconds: number) => vi.advanceTimersByTime(seconds * 1000);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", globalThis);
  quality.value = undefined;
  mode.value = "full";
  advice = new Advice(quality, mode);
});

afterEach(() => {
  advice.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it("comes when the line has been poor for a quarter of a minute, and no sooner", () => {
  quality.value = 1;
  passes(10);
  quality.value = 0;
  passes(4);
  expect(advice.shown.value).toBe(false);
  passes(1);
  expect(advice.shown.value).toBe(true);
});

it("waits anew when the line was fair in between", () => {
  quality.value = 1;
  passes(14);
  quality.value = 2;
  quality.value = 1;
  passes(14);
  expect(advice.shown.value).toBe(false);
});

it("goes when it is waved away, when the line is fair again, and never comes back", () => {
  quality.value = 1;
  passes(15);
  advice.dismiss();
  expect(advice.shown.value).toBe(false);
  quality.value = 3;
  quality.value = 1;
  passes(60);
  expect(advice.shown.value).toBe(false);
});

it("is not for whoever saves data already", () => {
  mode.value = "saving";
  quality.value = 0;
  passes(60);
  expect(advice.shown.value).toBe(false);
});
