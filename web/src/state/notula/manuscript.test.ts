import { beforeEach, expect, it } from "vitest";
import { ApiError } from "../../api/http";
import type { Content, Notula } from "../../api/notula";
import { added, blank, changed, indexed, places } from "./content";
import { CONTENT, NOTULA } from "./example";
import { Manuscript, type Port, recalled } from "./manuscript";

/** A server that takes what has its revision, a clock that is wound by hand, and a shelf. */
class Desk implements Port {
  stored: Notula = NOTULA;
  saves = 0;
  refusal: ApiError | null = null;
  shelf: string | null = null;
  private due: (() => void) | null = null;
  waits: number[] = [];

  async save(revision: number, content: Content): Promise<Notula> {
    this.saves += 1;
    if (this.refusal) throw this.refusal;
    if (revision !== this.stored.revision)
      throw new ApiError(409, "notula_changed", "", { current: this.stored });
    this.stored = { ...this.stored, revision: revision + 1, content };
    return this.stored;
  }

  later(ms: number, act: () => void): () => void {
    this.due = act;
    this.waits.push(ms);
    return () => {
      if (this.due === act) this.due = null;
    };
  }

  get() {
    return this.shelf;
  }

  put(text: string | null) {
    this.shelf = text;
  }

  /** Let time pass until nothing waits. */
  async pass(most = 10): Promise<void> {
    for (let turn = 0; this.due && turn < most; turn += 1) {
      const act = this.due;
      this.due = null;
      act();
      for (let tick = 0; tick < 8; tick += 1) await Promise.resolve();
    }
  }

  /** Somebody else saves. */
  other(edit: (content: Content) => Content): void {
    this.stored = { ...this.stored, revision: this.stored.revision + 1, content: edit(this.stored.content) };
  }

  open(): Manuscript {
    return new Manuscript(this.stored, this, this);
  }
}

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});

const text = (content: Content, id: string) => indexed(content).get(id)?.statement.text;
const write = (at: Manuscript, id: string, words: string, now = 0) =>
  at.change(changed(at.content.value, id, { text: words }), `${id}.text`, now);

it("saves once, a moment after the last change", async () => {
  const at = desk.open();
  write(at, "k1", "Satu");
  write(at, "k1", "Satu dua ");
  expect(at.saving.value.how).toBe("waiting");
  await desk.pass();
  expect([at.saving.value.how, desk.saves, desk.shelf]).toEqual(["saved", 1, expect.anything()]);
  expect(text(desk.stored.content, "k1")).toBe("Satu dua");
  expect(text(at.content.value, "k1")).toBe("Satu dua ");
});

it("takes back letters of one field together, fields one by one", async () => {
  const at = desk.open();
  write(at, "k1", "S", 0);
  write(at, "k1", "Sa", 100);
  write(at, "d1", "Lain", 200);
  at.undo();
  expect(text(at.content.value, "d1")).toBe("Alat bukti diuji.");
  expect(text(at.content.value, "k1")).toBe("Sa");
  at.undo();
  expect(at.content.value).toEqual(CONTENT);
  expect(at.undoable.value).toBe(false);
  await desk.pass();
  expect(desk.saves).toBe(0);
});

it("lays its changes over what somebody else has saved, and says where the two clash", async () => {
  const at = desk.open();
  desk.other((content) =>
    changed(changed(content, "o1", { text: "Pukul sembilan." }), "k1", { text: "Mereka." }),
  );
  write(at, "k1", "Saya.");
  write(at, "d1", "Bukti.");
  await desk.pass();
  expect(at.saving.value.how).toBe("saved");
  expect(["o1", "k1", "d1"].map((id) => text(desk.stored.content, id))).toEqual([
    "Pukul sembilan.",
    "Mereka.",
    "Bukti.",
  ]);
  const [clash] = at.clashes.value;
  if (!clash) throw new Error("no clash");
  expect(JSON.parse(desk.shelf ?? "{}").clashes).toHaveLength(1);
  at.choose(clash, true);
  await desk.pass();
  expect(text(desk.stored.content, "k1")).toBe("Saya.");
  expect([at.clashes.value, desk.shelf]).toEqual([[], null]);
});

it("keeps trying while the line is lost, more and more rarely, and loses nothing", async () => {
  const at = desk.open();
  desk.refusal = new ApiError(0, "unreachable", "");
  write(at, "k1", "Luring.");
  await desk.pass(4);
  expect(at.saving.value.how).toBe("offline");
  expect(desk.waits).toEqual([900, 2000, 4000, 8000, 15_000]);
  const again = new Manuscript(desk.stored, new Desk(), desk);
  expect([again.restored, text(again.content.value, "k1")]).toEqual([true, "Luring."]);
  desk.refusal = null;
  await desk.pass();
  expect([at.saving.value.how, text(desk.stored.content, "k1"), desk.shelf]).toEqual([
    "saved",
    "Luring.",
    null,
  ]);
});

it("lays what was left over what has been saved since", async () => {
  const first = desk.open();
  write(first, "k1", "Tertinggal.");
  first.close();
  desk.other((content) => changed(content, "o1", { text: "Sementara itu." }));
  const at = desk.open();
  expect(at.restored).toBe(true);
  await desk.pass();
  expect([text(desk.stored.content, "k1"), text(desk.stored.content, "o1")]).toEqual([
    "Tertinggal.",
    "Sementara itu.",
  ]);
  expect(desk.open().restored).toBe(false);
});

it("says what was refused, and tries again with the next change", async () => {
  const at = desk.open();
  desk.refusal = new ApiError(422, "too_long", "");
  write(at, "k1", "Panjang.");
  await desk.pass();
  expect(at.saving.value).toEqual({ how: "refused", code: "statement_too_long" });
  expect(desk.shelf).not.toBeNull();
  desk.refusal = null;
  write(at, "k1", "Pendek.");
  expect(await at.flush()).toBe(true);
  expect(text(desk.stored.content, "k1")).toBe("Pendek.");
});

it("saves the rest while something lacks its citation, and keeps that here", async () => {
  const at = desk.open();
  const decisions = places(CONTENT).find(({ key }) => key === "decisions");
  if (!decisions) throw new Error("decisions");
  at.change(added(at.content.value, decisions, { ...blank("n1"), text: "Tanpa kutipan." }));
  write(at, "d1", "Bukti.");
  await desk.pass();
  expect([...at.lacks.value]).toEqual([["n1", "citation"]]);
  expect([desk.stored.content.decisions.length, text(desk.stored.content, "d1")]).toEqual([1, "Bukti."]);
  const again = desk.open();
  expect(text(again.content.value, "n1")).toBe("Tanpa kutipan.");
  at.change(changed(at.content.value, "n1", { cites: ["l3"] }));
  await desk.pass();
  expect(desk.stored.content.decisions.map(({ id }) => id)).toEqual(["k1", "n1"]);
});

it("keeps a machine's draft as it is when a person has looked at it", async () => {
  const at = desk.open();
  await at.adopt();
  expect([desk.saves, at.notula.value.revision, at.saving.value.how]).toEqual([1, 2, "saved"]);
});

it("hears what others did without losing what is being written", async () => {
  const at = desk.open();
  write(at, "d1", "Saya menulis");
  desk.other((content) => changed(content, "k1", { text: "Mereka." }));
  at.hear(desk.stored);
  expect([text(at.content.value, "d1"), text(at.content.value, "k1")]).toEqual(["Saya menulis", "Mereka."]);
  at.hear({ ...desk.stored, state: "in_review", content: CONTENT });
  expect([at.notula.value.state, text(at.content.value, "k1")]).toEqual(["in_review", "Mereka."]);
  at.hear({ ...desk.stored, revision: 0 });
  expect(at.notula.value.revision).toBe(2);
  at.hear({ ...desk.stored, version: 2, revision: 1 });
  expect([at.notula.value.version, at.notula.value.revision]).toEqual([2, 1]);
});

it("reads nothing from a shelf that holds something else", () => {
  for (const odd of [null, "", "{", "3", '{"format":2}', '{"format":1,"base":{},"mine":{},"clashes":[]}'])
    expect(recalled(odd, "m1")).toBeNull();
});
