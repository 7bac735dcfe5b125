import { describe, expect, it } from "vitest";
import { arrange, capacity } from "./layout";

describe("the stage", () => {
  it("puts two side by side on a wide stage and one above the other on a phone", () => {
    expect(arrange(2, 1400, 760)).toMatchObject({ columns: 2, rows: 1 });
    expect(arrange(2, 344, 560)).toMatchObject({ columns: 1, rows: 2 });
  });

  it("never leaves the stage, never distorts beyond 16:9 and 4:3", () => {
    for (let count = 1; count <= 25; count++)
      for (const [width, height] of [
        [1400, 760],
        [700, 900],
        [344, 420],
        [1100, 300],
      ] as const) {
        const grid = arrange(count, width, height);
        expect(grid.columns * grid.rows).toBeGreaterThanOrEqual(count);
        expect(grid.columns * grid.width + (grid.columns - 1) * 8).toBeLessThanOrEqual(width);
        expect(grid.rows * grid.height + (grid.rows - 1) * 8).toBeLessThanOrEqual(height);
        expect(grid.width / grid.height).toBeLessThan(1.82);
        expect(grid.width / grid.height).toBeGreaterThan(1.3);
      }
  });

  it("survives a stage that has no size yet", () => {
    expect(arrange(3, 0, 0)).toMatchObject({ width: 0, height: 0 });
    expect(arrange(0, 800, 600).rows).toBe(1);
  });

  it("knows how many tiles stay readable", () => {
    expect(capacity(1400, 760)).toBe(25);
    expect(capacity(344, 420)).toBe(8);
    expect(capacity(100, 50)).toBe(2);
  });
});
