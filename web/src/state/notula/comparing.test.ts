import { expect, it } from "vitest";
import { pieces } from "./comparing";

it("marks words that went and came, what went first", () => {
  expect(pieces("Klarifikasi 12 Juli di Jakarta.", "Klarifikasi tanggal 13 Juli di Jakarta.")).toEqual([
    { kind: "same", text: "Klarifikasi" },
    { kind: "gone", text: "12" },
    { kind: "come", text: "tanggal 13" },
    { kind: "same", text: "Juli di Jakarta." },
  ]);
  expect(pieces("", "baru saja")).toEqual([{ kind: "come", text: "baru saja" }]);
  expect(pieces("sama  kata", "sama kata")).toEqual([{ kind: "same", text: "sama kata" }]);
});

it("gives both texts back, whatever they are, also when they are too long to compare", () => {
  const long = Array.from({ length: 1200 }, (_, index) => `k${index}`).join(" ");
  for (const [was, now] of [
    ["a b c d", "d c b a"],
    ["a a b", "b a a"],
    [long, `awal ${long}`],
  ] as const) {
    const of = (kind: string) =>
      pieces(was, now)
        .filter((piece) => piece.kind === "same" || piece.kind === kind)
        .map(({ text }) => text)
        .join(" ");
    expect([of("gone"), of("come")]).toEqual([was, now]);
  }
});
