import { expect, test } from "vitest";
import type { Line, Meeting, Transcript } from "../api/types";
import { news, placed, type Read, read } from "./reading";

const line = (id: string, start: number, text = id, version = 1) => ({ id, start, text, version }) as Line;
const said = (lines: readonly Line[]) => lines.map((each) => each.text);
const meeting = { id: "m" } as Meeting;

function answer(changes: Partial<Transcript>): Transcript {
  return { meeting, lines: [], next: null, complete: true, change: 1, gone: [], ...changes };
}

/** A server with these answers, and what it was asked. */
function server(...answers: Transcript[]) {
  const asked: [string | null, number | null][] = [];
  const page = async (after: string | null, since: number | null) => {
    asked.push([after, since]);
    return answers.shift() as Transcript;
  };
  return { page, asked };
}

test("everything is read page by page, and stands at the change of the first page", async () => {
  const { page, asked } = server(
    answer({ lines: [line("a", 1), line("b", 2)], next: "here", change: 4 }),
    answer({ lines: [line("z", 1.5), line("b", 2, "other"), line("c", 3)], change: 6 }),
  );
  const all = read(null, await news(page, null));
  expect(said(all.lines)).toEqual(["a", "z", "other", "c"]);
  expect(all.change).toBe(4);
  expect(asked).toEqual([
    [null, null],
    ["here", null],
  ]);
});

test("later only news are asked for and put in their places", async () => {
  const lines = [line("a", 1), line("b", 2), line("c", 3)];
  const known: Read = { meeting, lines, complete: false, change: 4, partly: false };
  const { page, asked } = server(
    answer({ lines: [line("d", 1.5), line("c", 2.5, "other")], gone: ["b"], change: 5 }),
  );
  const now = read(known, await news(page, known.change));
  expect(said(now.lines)).toEqual(["a", "d", "other"]);
  expect([now.complete, now.change]).toEqual([true, 5]);
  expect(asked).toEqual([[null, 4]]);
});

test("without news the lines are the same ones, so that nothing is drawn again", () => {
  const lines = [line("a", 1)];
  expect(placed(lines, { lines: [], gone: [] })).toBe(lines);
});

test("what has come is shown while more of it comes", async () => {
  const { page } = server(
    answer({ lines: [line("a", 1)], next: "here" }),
    answer({ lines: [line("b", 2)], next: "there" }),
    answer({ lines: [line("c", 3)] }),
  );
  const parts: string[][] = [];
  const all = await news(page, null, (part) => parts.push(said(part.lines)));
  expect(parts).toEqual([["a"], ["b"]]);
  expect(said(all.lines)).toEqual(["a", "b", "c"]);
});

test("an answer that was overtaken brings no older words back, and what is the same is not drawn again", () => {
  const lines = [line("a", 1, "newer", 3), line("b", 2)];
  const now = placed(lines, { lines: [line("a", 1, "older", 2), line("b", 2)], gone: [] });
  expect(said(now)).toEqual(["newer", "b"]);
  expect(now[1]).toBe(lines[1]);
});
