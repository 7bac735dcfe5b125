/** How tiles share a stage. Pure: sizes in, sizes out, all in CSS pixels. */

export interface Grid {
  columns: number;
  rows: number;
  width: number;
  height: number;
}

/** Between tiles, and between them and a screen. */
export const GAP = 8;
const WIDEST = 16 / 9;
/** Tiles may be as tall as this where that wastes less of the stage: pictures are cut to their tile. */
const TALLEST = 4 / 3;
const SMALLEST_WIDTH = 148;
const SMALLEST_HEIGHT = Math.ceil(SMALLEST_WIDTH / WIDEST);
/** A shared screen lower than this for the sake of tiles could not be read. */
const LEAST_SCREEN = 150;
/** The line under a shared screen: whose it is, and what can be done with it. */
const FOOT = 42;

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

/** How many tiles of a readable size fit, at most `most`. At least two: oneself and somebody else. */
export function capacity(width: number, height: number, most: number): number {
  return Math.min(most, Math.max(2, room(width, height)));
}

function room(width: number, height: number): number {
  const columns = Math.floor((width + GAP) / (SMALLEST_WIDTH + GAP));
  const rows = Math.floor((height + GAP) / (SMALLEST_HEIGHT + GAP));
  return Math.max(0, columns) * Math.max(0, rows);
}

/** How many of `count` to show at once where `most` fit: all of them, or as many as fill every row of a page. */
export function page(count: number, most: number, width: number, height: number): number {
  if (count <= most) return most;
  for (let full = most; full > most / 2; full--) {
    const { columns, rows } = arrange(full, width, height);
    if (columns * rows === full) return full;
  }
  return most;
}

export interface Area {
  width: number;
  height: number;
}

export interface WithScreen {
  /** Where the strip of tiles stands, seen from the screen; `none` where there is no room for one. */
  strip: "beside" | "below" | "none";
  screen: Area;
  tiles: Area;
  capacity: number;
}

/** A shared screen as large as can be, and what is left for tiles: beside it on wide stages, below it on tall ones. */
export function withScreen(width: number, height: number, most: number): WithScreen {
  const alone: WithScreen = {
    strip: "none",
    screen: { width, height },
    tiles: { width: 0, height: 0 },
    capacity: 0,
  };
  const ways = [beside(width, height), below(width, height)].map((way) => ({
    ...way,
    capacity: Math.min(most, room(way.tiles.width, way.tiles.height)),
  }));
  const [first, second] = ways.filter((way) => way.capacity > 0 && inscribed(way.screen) >= LEAST_SCREEN);
  if (!first) return alone;
  return second && inscribed(second.screen) > inscribed(first.screen) ? second : first;
}

function beside(width: number, height: number): Omit<WithScreen, "capacity"> {
  const wide = Math.floor(Math.min(width - SMALLEST_WIDTH - GAP, (height - FOOT) * WIDEST));
  return {
    strip: "beside",
    screen: { width: wide, height },
    tiles: { width: width - wide - GAP, height },
  };
}

function below(width: number, height: number): Omit<WithScreen, "capacity"> {
  const tall = Math.floor(Math.min(height - SMALLEST_HEIGHT - GAP, width / WIDEST + FOOT));
  return {
    strip: "below",
    screen: { width, height: tall },
    tiles: { width, height: height - tall - GAP },
  };
}

/** Height of a 16:9 picture inside the area of a screen. */
function inscribed({ width, height }: Area): number {
  return Math.min(height - FOOT, width / WIDEST);
}
