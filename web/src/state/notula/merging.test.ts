import { expect, it } from "vitest";
import type { Content } from "../../api/notula";
import {
  added,
  changed,
  indexed,
  listed,
  type Place,
  places,
  removed,
  stepped,
  transferred,
} from "./content";
import { CONTENT, decided, said } from "./example";
import { chosen, merge } from "./merging";

const place = (key: string, content: Content = CONTENT): Place => {
  const found = places(content).find((each) => each.key === key);
  if (!found) throw new Error(key);
  return found;
};
const of = (content: Content, id: string) => indexed(content).get(id)?.statement;
const ids = (content: Content, key: string) => listed(content, place(key, content)).map(({ id }) => id);

it("takes both sides where they do not touch", () => {
  const mine = stepped(changed(CONTENT, "k1", { text: "Klarifikasi 13 Juli." }), "d2", -1);
  const theirs = added(
    { ...changed(CONTENT, "k1", { cites: ["l3", "l5"] }), number: "7/2020" },
    place("discussion/Paparan"),
    said("n1", "Baru."),
    "d1",
  );
  const { content, clashes } = merge(CONTENT, mine, theirs);
  expect(clashes).toEqual([]);
  expect(content.number).toBe("7/2020");
  expect(of(content, "k1")).toEqual(decided("k1", "Klarifikasi 13 Juli.", ["l3", "l5"]));
  expect(ids(content, "discussion/Paparan")).toEqual(["d2", "d1", "n1"]);
});

it("keeps what the server has where both wrote, and mine beside it until somebody chooses", () => {
  const mine = changed({ ...CONTENT, number: "1" }, "k1", { text: "Saya.", cites: ["l3", "l9"] });
  const theirs = changed({ ...CONTENT, number: "2" }, "k1", { text: "Mereka." });
  const { content, clashes } = merge(CONTENT, mine, theirs);
  expect(of(content, "k1")).toEqual(decided("k1", "Mereka.", ["l3", "l9"]));
  expect(content.number).toBe("2");
  expect(clashes.map((each) => each.id)).toEqual(["k1", "number"]);
  const [statement, field] = clashes;
  if (!statement || !field) throw new Error("two clashes");
  expect(of(chosen(content, statement, true), "k1")?.text).toBe("Saya.");
  expect(chosen(content, statement, false)).toBe(content);
  expect(chosen(content, field, true).number).toBe("1");
});

it("asks before what one has removed takes away what the other has written, both ways", () => {
  const gone = removed(CONTENT, "d2");
  const written = changed(CONTENT, "d2", { text: "Lebih lengkap." });
  const here = merge(CONTENT, gone, written);
  expect(of(here.content, "d2")?.text).toBe("Lebih lengkap.");
  expect(here.clashes).toMatchObject([{ id: "d2", mine: null }]);
  expect(of(chosen(here.content, here.clashes[0] as never, true), "d2")).toBeUndefined();
  const there = merge(CONTENT, written, gone);
  expect(of(there.content, "d2")).toBeUndefined();
  expect(there.clashes).toMatchObject([{ id: "d2", theirs: null }]);
  const back = chosen(there.content, there.clashes[0] as never, true);
  expect(ids(back, "discussion/Paparan")).toEqual(["d1", "d2"]);
  expect(merge(CONTENT, gone, CONTENT).clashes).toEqual([]);
  expect(of(merge(CONTENT, gone, CONTENT).content, "d2")).toBeUndefined();
});

it("follows a statement to where one has moved it, with what the other wrote", () => {
  const mine = transferred(CONTENT, "d1", place("decisions"));
  const theirs = changed(CONTENT, "d1", { text: "Alat bukti diuji ulang." });
  const { content, clashes } = merge(CONTENT, mine, theirs);
  expect(clashes).toEqual([]);
  expect(of(content, "d1")).toMatchObject({ text: "Alat bukti diuji ulang.", how: "" });
  expect(ids(content, "decisions")).toEqual(["k1", "d1"]);
});

it("keeps an item of the discussion as long as somebody speaks under it", () => {
  const mine = { ...CONTENT, discussion: CONTENT.discussion.slice(0, 1) };
  const theirs = changed(CONTENT, "d3", { text: "Siapa saja yang hadir?" });
  const { content, clashes } = merge(CONTENT, mine, theirs);
  expect(ids(content, "discussion/Tanya jawab")).toEqual(["d3"]);
  expect(clashes).toHaveLength(1);
  expect(merge(CONTENT, mine, CONTENT).content.discussion).toHaveLength(1);
});

/** A small stream of numbers, the same on every machine (Park and Miller, 1988). */
function* numbers(seed: number): Generator<number, never> {
  for (let at = seed; ; ) {
    at = (at * 48271) % 2147483647;
    yield at;
  }
}

function edited(content: Content, seed: number, who: string): Content {
  const dice = numbers(seed);
  let now = content;
  for (let turn = 0; turn < 12; turn += 1) {
    const all = [...indexed(now).keys()];
    const id = all[dice.next().value % all.length] ?? "";
    const where = places(now)[dice.next().value % places(now).length] ?? place("closing");
    const ways = [
      () => changed(now, id, { text: `${who}${turn}` }),
      () => stepped(now, id, 1),
      () => transferred(now, id, where),
      () => removed(now, id),
      () => added(now, where, said(`${who}${turn}`, `baru ${who}`), id),
    ];
    now = ways[dice.next().value % ways.length]?.() ?? now;
  }
  return now;
}

it("loses nothing that anybody wrote, whatever both did: it stands in the notula or in a clash", () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const mine = edited(CONTENT, seed, "a");
    const theirs = edited(CONTENT, seed + 5000, "b");
    const { content, clashes } = merge(CONTENT, mine, theirs);
    const kept = [...indexed(content).values()].map(({ statement }) => statement.text);
    const clashing = clashes.flatMap((each) =>
      each.kind === "statement" && each.mine ? [each.mine.text] : [],
    );
    const was = new Set([...indexed(CONTENT).values()].map(({ statement }) => statement.text));
    for (const { statement } of [...indexed(mine).values(), ...indexed(theirs).values()])
      if (!was.has(statement.text)) expect([...kept, ...clashing], `seed ${seed}`).toContain(statement.text);
    expect(new Set(indexed(content).keys()).size).toBe(kept.length);
    expect(merge(CONTENT, CONTENT, theirs).content).toEqual(theirs);
    expect(merge(CONTENT, mine, CONTENT).content).toEqual(mine);
  }
});
