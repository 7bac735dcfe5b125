import { describe, expect, it } from "vitest";
import type { Item, Note } from "../protocol/messages";
import { agenda, byItem, current, following, NO_AGENDA, read, written } from "./agenda";

const item = (id: string, title: string, more: Partial<Item> = {}): Item => ({
  id,
  title,
  presenter: "",
  minutes: 0,
  recorded: true,
  ...more,
});
const ITEMS = [
  item("1", "Pembukaan"),
  item("2", "Pembacaan doa", { recorded: false, minutes: 3 }),
  item("3", "Paparan", { presenter: "Sari Lestari", minutes: 30 }),
];
const said = (at: string | null) => agenda({ type: "agenda", items: ITEMS, item: at, since: 5 });
const note = (id: string, of: string | null) => ({ id, item: of }) as Note;

describe("the agenda", () => {
  it("knows the item under discussion and the next", () => {
    expect(current(said("2"))).toEqual({ item: ITEMS[1], number: 2 });
    expect(current(said(null))).toBeNull();
    expect([said(null), said("1"), said("3"), NO_AGENDA].map(following)).toEqual([
      ITEMS[0],
      ITEMS[1],
      null,
      null,
    ]);
  });

  it("puts outcomes under their items, and loses none whose item is gone", () => {
    const notes = [note("c1", "1"), note("c2", null), note("c3", "gone"), note("c4", "1")];
    const rows = byItem(said("1"), notes).map((row) => [row.item?.id, row.notes.map((each) => each.id)]);
    expect(rows).toEqual([
      [undefined, ["c2", "c3"]],
      ["1", ["c1", "c4"]],
      ["2", []],
      ["3", []],
    ]);
  });

  it("is written as lines, and read back as it was", () => {
    expect(written(ITEMS)).toBe("Pembukaan\n* Pembacaan doa | 3\nPaparan | Sari Lestari | 30");
    expect(read(written(ITEMS), ITEMS, () => "new")).toEqual(ITEMS);
  });

  it("keeps the ids of items whose title stays, one each", () => {
    let fresh = 0;
    const found = read("Paparan | Budi\n\n  Penutup \nPaparan | | 9999", ITEMS, () => `n${++fresh}`);
    expect(found.map((each) => [each.id, each.title, each.presenter, each.minutes])).toEqual([
      ["3", "Paparan", "Budi", 0],
      ["n1", "Penutup", "", 0],
      ["n2", "Paparan", "", 600],
    ]);
  });
});
