import { describe, expect, it } from "vitest";
import { type Sight, watch } from "./watch";

const sight = (more: Partial<Sight> = {}): Sight => ({
  mode: "full",
  pinned: [],
  tiles: ["me", "a", "b", "c"].map((seat) => ({ seat, height: 160 })),
  hidden: false,
  scale: 1,
  ...more,
});
const seats = (more: Partial<Sight>, first: string[] = []) =>
  watch(sight(more), "me", new Set(first)).shown?.map((each) => each.seat);
const height = (tile: number, scale = 1) =>
  watch(sight({ tiles: [{ seat: "a", height: tile }], scale }), "me", new Set()).shown?.[0]?.height;

describe("what a page wants to see", () => {
  it("is everybody on it but oneself, in the page's order", () => {
    expect(seats({})).toEqual(["a", "b", "c"]);
  });

  it("puts pinned seats first, then those who matter, and keeps the order otherwise", () => {
    expect(seats({ pinned: ["c"] }, ["b"])).toEqual(["c", "b", "a"]);
    expect(watch(sight({ pinned: ["c", "x"] }), "me", new Set()).pinned).toEqual(["c", "x"]);
  });

  it("counts device pixels, in steps", () => {
    expect(height(160)).toBe(180);
    expect(height(180)).toBe(180);
    expect(height(181)).toBe(270);
    expect(height(160, 2)).toBe(360);
    expect(height(9000)).toBe(4320);
    expect(height(0)).toBe(90);
  });

  it("is nothing while nobody looks, and no pictures where only sound is wanted", () => {
    expect(watch(sight({ hidden: true }), "me", new Set())).toMatchObject({ mode: "full", shown: [] });
    expect(watch(sight({ mode: "audio" }), "me", new Set())).toMatchObject({ mode: "audio", shown: [] });
    expect(seats({ mode: "saving" })).toHaveLength(3);
  });

  it("is not known before the page has a size", () => {
    expect(watch(sight({ tiles: null }), "me", new Set()).shown).toBeNull();
  });
});
