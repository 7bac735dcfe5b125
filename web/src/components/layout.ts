/** How tiles share a stage. Pure: sizes in, sizes out, all in CSS pixels. */

export interface Grid {
  columns: number;
  rows: number;
  width: number;
  height: number;
}

const GAP = 8;
const WIDEST = 16 / 9;
/** Tiles may be as tall as this where that wastes less of the stage: pictures are cut to their tile. */
const TALLEST = 4 / 3;
const SMALLEST_WIDTH = 148;

/** The arrangement of `count` tiles that gives each the largest area inside `width` × `height`. */
export function arrange(count: number, width: number, height: number): Grid {
  let best: Grid = { columns: 1, rows: Math.max(1, count), width: 0, height: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const grid = inColumns(columns, Math.ceil(count / columns) || 1, width, height);
    if (grid.width * grid.height > best.width * best.height * 1.001) best = grid;
  }
  return best;
}

function inColumns(columns: number, rows: number, width: number, height: number): Grid {
  const cellWidth = Math.max(0, (width - GAP * (columns - 1)) / columns);
  const cellHeight = Math.max(0, (height - GAP * (rows - 1)) / rows);
  const tileWidth = Math.min(cellWidth, cellHeight * WIDEST);
  const tileHeight = Math.min(cellHeight, tileWidth / TALLEST);
  return { columns, rows, width: Math.floor(tileWidth), height: Math.floor(tileHeight) };
}

/** How many tiles of a readable size fit. At least two: oneself and somebody else. */
export function capacity(width: number, height: number): number {
  const columns = Math.max(1, Math.floor((width + GAP) / (SMALLEST_WIDTH + GAP)));
  const rows = Math.max(1, Math.floor((height + GAP) / (SMALLEST_WIDTH / WIDEST + GAP)));
  return Math.min(25, Math.max(2, columns * rows));
}
