import { expect, it } from "vitest";
import type { Edit, TextEdit } from "./edits";
import { Keeping, recalled } from "./keeping";
import { line } from "./lines";
import { answered, EMPTY, next, type Outbox, queued, refused, sending, unsettled, versionOf } from "./outbox";

const text = (id: string, of: string, put: string, version = 1): TextEdit => ({
  id,
  kind: "text",
  line: of,
  version,
  text: put,
});
const box = (...edits: Edit[]): Outbox => ({
  ...EMPTY,
  waiting: edits.map((edit) => ({ edit, base: null })),
});
const waiting = (of: Outbox) => of.waiting.map(({ edit }) => edit);

it("keeps one text a line while it waits, but never touches what has been sent, since that may be done", () => {
  const first = queued(EMPTY, { edit: text("1", "a", "satu"), base: "nol" });
  const second = queued(first, { edit: text("2", "a", "dua"), base: "satu" });
  expect(second.waiting).toEqual([{ edit: text("1", "a", "dua"), base: "nol" }]);
  const later = queued(sending(first, "1"), { edit: text("2", "a", "dua"), base: "satu" });
  expect(waiting(later)).toEqual([text("1", "a", "satu"), text("2", "a", "dua")]);
});

it("moves what waits on to the version that came of our own edit, not past somebody else's", () => {
  const sent = box(text("1", "a", "satu"), text("2", "a", "dua"));
  const answer = (version: number) => ({
    edit: "1",
    change: 1,
    lines: [line("a", "satu", { version })],
    gone: [],
    conflicts: [],
  });
  expect(waiting(answered(sent, answer(2)))).toEqual([text("2", "a", "dua", 2)]);
  expect(waiting(answered(sent, answer(3)))).toEqual([text("2", "a", "dua", 1)]);
});

it("holds back what touches a line in dispute, and with it all that is typed there later", () => {
  const theirs = line("a", "punya dia", { version: 2 });
  const disputed = refused(
    box(text("1", "a", "satu"), text("2", "b", "lain"), text("3", "a", "dua")),
    "1",
    theirs,
    "c",
  );
  expect(disputed.clashes).toEqual([
    { kept: { edit: text("1", "a", "dua"), base: null }, theirs, code: "c" },
  ]);
  expect(waiting(disputed)).toEqual([text("2", "b", "lain")]);
  const merge: Edit = { id: "4", kind: "merge", line: "z", version: 1, next: "a", next_version: 1 };
  const more = {
    ...disputed,
    waiting: [merge, text("5", "z", "ikut"), text("6", "y", "bebas")].map((edit) => ({ edit, base: null })),
  };
  expect(next(more)?.edit.id).toBe("6");
  expect([...unsettled(more)].sort()).toEqual(["a", "z"]);
});

it("makes an edit for the version of those before it that still wait", () => {
  const mine = line("a", "x", { version: 7 });
  expect(versionOf(box(text("1", "a", "satu", 6)), mine)).toBe(6);
  expect(versionOf(box(text("1", "b", "satu", 6)), mine)).toBe(7);
});

/** A browser's storage, which may be full. */
class Memory {
  readonly held = new Map<string, string>();
  full = false;

  get length(): number {
    return this.held.size;
  }

  key(index: number): string | null {
    return [...this.held.keys()][index] ?? null;
  }

  getItem(name: string): string | null {
    return this.held.get(name) ?? null;
  }

  setItem(name: string, value: string): void {
    if (this.full) throw new Error("QuotaExceededError");
    this.held.set(name, value);
  }

  removeItem(name: string): void {
    this.held.delete(name);
  }
}

it("finds what an earlier window has left, once, and nobody else's", () => {
  const memory = new Memory();
  new Keeping(memory, "m", "dewi", "w1").keep(box(text("1", "a", "satu")));
  new Keeping(memory, "m", "rini", "w2").keep(box(text("2", "a", "dua")));
  const later = new Keeping(memory, "m", "dewi", "w3");
  expect(waiting(later.recall())).toEqual([text("1", "a", "satu")]);
  expect([...memory.held.keys()]).toEqual(["rakor.edits.m.rini.w2", "rakor.edits.m.dewi.w3"]);
  later.keep(EMPTY);
  expect(later.recall()).toEqual(EMPTY);
});

it("leaves what it found where it is when the storage is full, and says so", () => {
  const memory = new Memory();
  new Keeping(memory, "m", "dewi", "w1").keep(box(text("1", "a", "satu")));
  memory.full = true;
  const later = new Keeping(memory, "m", "dewi", "w3");
  expect(waiting(later.recall())).toHaveLength(1);
  expect(later.keep(box(text("1", "a", "satu")))).toBe(false);
  expect([...memory.held.keys()]).toEqual(["rakor.edits.m.dewi.w1"]);
});

it.each(["", "{", "[1, null, {}]", '[{"edit":{"id":"1","kind":"other"}}]', '{"a":1}'])(
  "takes nothing of what it does not know: %s",
  (stored) => expect(recalled(stored)).toEqual(EMPTY),
);
