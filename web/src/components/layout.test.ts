import { describe, expect, it } from "vitest";
import { arrange, capacity, page, withScreen } from "./layout";

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
    expect(capacity(1400, 760, 99)).toBe(72);
    expect(capacity(1400, 760, 17)).toBe(17);
    expect(capacity(344, 420, 17)).toBe(8);
    expect(capacity(100, 50, 17)).toBe(2);
  });

  it("shows everybody where that is possible, and else fills every row", () => {
    expect(page(17, 17, 860, 600)).toBe(17);
    expect(page(18, 17, 860, 600)).toBe(16);
    expect(page(30, 8, 344, 420)).toBe(8);
    expect(page(5, 0, 344, 420)).toBe(0);
    for (let most = 2; most <= 17; most++) {
      const { columns, rows } = arrange(page(99, most, 1200, 560), 1200, 560);
      expect(columns * rows).toBe(page(99, most, 1200, 560));
    }
  });
});

describe("a stage with a shared screen", () => {
  it("puts tiles where they take least from the screen", () => {
    expect(withScreen(1250, 560, 17)).toMatchObject({ strip: "beside", screen: { width: 920, height: 560 } });
    expect(withScreen(860, 600, 17)).toMatchObject({ strip: "below", screen: { width: 860, height: 508 } });
    expect(withScreen(344, 520, 17)).toMatchObject({ strip: "below", screen: { width: 344, height: 235 } });
  });

  it("leaves out the tiles rather than make the screen unreadable", () => {
    expect(withScreen(344, 220, 17)).toMatchObject({ strip: "none", screen: { width: 344, height: 220 } });
    expect(withScreen(0, 0, 17).capacity).toBe(0);
  });

  it("never leaves the stage", () => {
    for (const [width, height] of [
      [1250, 560],
      [860, 600],
      [700, 900],
      [344, 520],
      [700, 260],
    ] as const) {
      const { strip, screen, tiles } = withScreen(width, height, 17);
      const across =
        strip === "beside" ? screen.width + 8 + tiles.width : Math.max(screen.width, tiles.width);
      const down =
        strip === "below" ? screen.height + 8 + tiles.height : Math.max(screen.height, tiles.height);
      expect(across).toBeLessThanOrEqual(width);
      expect(down).toBeLessThanOrEqual(height);
    }
  });
});
