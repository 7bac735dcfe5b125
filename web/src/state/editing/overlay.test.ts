import { expect, it } from "vitest";
import { line } from "./lines";
import { BLACKENED, checked, drawn, INAUDIBLE, overlaid, retexted } from "./overlay";

const said = line("a", "pukul [sembilan pagi] bukan [sepuluh]");
const marked = (of: typeof said) => of.flags.map((flag) => of.text.slice(flag.start, flag.end));

it("keeps the times of words that stay, and gives new ones those of what they replace", () => {
  const now = retexted(said, "tepat pukul sembilan pagi bukan jam sebelas");
  expect(now.words.map((word) => [word.text, word.start, word.end, word.by_hand])).toEqual([
    ["tepat", 0, 0, true],
    ["pukul", 0, 1, false],
    ["sembilan", 1, 2, false],
    ["pagi", 2, 3, false],
    ["bukan", 3, 4, false],
    ["jam", 4, 4.5, true],
    ["sebelas", 4.5, 5, true],
  ]);
  expect(marked(now)).toEqual(["sembilan pagi"]);
  expect([now.edited, said.edited]).toEqual([true, false]);
});

it("takes a flag away with the words that a person has answered for", () => {
  const now = checked(said, 6, 19);
  expect(marked(now)).toEqual(["sepuluh"]);
  expect(now.words.map((word) => word.checked)).toEqual([false, true, true, false, false]);
});

it("puts one word, as long as they were, where words are blackened or cannot be understood", () => {
  const of = { id: "e", line: "a", version: 1, start: 8, end: 22 };
  const black = drawn(said, { ...of, kind: "redact", why: "NIK" });
  expect(black.text).toBe(`pukul ${BLACKENED} sepuluh`);
  expect(black.words[1]).toMatchObject({ start: 1, end: 4, redacted: true });
  expect(marked(black)).toEqual(["sepuluh"]);
  expect(drawn(said, { ...of, kind: "inaudible" }).text).toBe(`pukul ${INAUDIBLE} sepuluh`);
});

it("draws what waits over its lines, and leaves all others the same objects", () => {
  const lines = [said, line("b", "lain", { start: 9 })];
  const now = overlaid(lines, [
    { id: "1", kind: "text", line: "a", version: 1, text: "pukul sembilan" },
    { id: "2", kind: "speaker", line: "a", version: 1, name: "Suharto", position: "" },
    { id: "3", kind: "split", line: "b", version: 1, at: 2 },
  ]);
  expect([now[0]?.text, now[0]?.speaker]).toEqual(["pukul sembilan", "Suharto"]);
  expect(now[1]).toBe(lines[1]);
  expect(overlaid(lines, [])).toBe(lines);
});
