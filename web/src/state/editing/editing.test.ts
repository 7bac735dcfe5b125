import { expect, it } from "vitest";
import { ApiError } from "../../api/http";
import type { Line } from "../../api/types";
import { Editing } from "./editing";
import type { Answer, Edit } from "./edits";
import { line } from "./lines";
import { EMPTY, type Outbox } from "./outbox";

/** A server of one transcript, with its line to be cut, and a clock that is moved by hand. */
class Desk {
  readonly sent: Edit[] = [];
  lines = new Map<string, Line>();
  down = false;
  /** Edits are done, and their answers do not come. */
  deaf = false;
  kept: Outbox = EMPTY;
  private readonly waits: (() => void)[] = [];
  private readonly done = new Map<string, Answer>();
  private names = 0;
  readonly editing: Editing;

  constructor(...lines: Line[]) {
    for (const each of lines) this.lines.set(each.id, each);
    this.editing = this.window();
  }

  window(): Editing {
    const keeping = { recall: () => this.kept, keep: (box: Outbox) => this.keep(box) };
    return new Editing(
      {
        send: (edit) => this.answer(edit),
        took: () => undefined,
        line: (id) => this.lines.get(id) ?? null,
        name: () => `edit-${++this.names}`,
        later: (act) => {
          this.waits.push(act);
          return () => this.waits.splice(0, this.waits.length, ...this.waits.filter((each) => each !== act));
        },
      },
      keeping,
    );
  }

  private keep(box: Outbox): boolean {
    this.kept = box;
    return true;
  }

  private async answer(edit: Edit): Promise<Answer> {
    if (this.down) throw new ApiError(0, "unreachable", "");
    const before = this.done.get(edit.id);
    const same = this.sent.some((each) => JSON.stringify(each) === JSON.stringify(edit));
    if (before && !same) throw new ApiError(409, "edit_id_taken", "");
    if (before) return before;
    const answer = this.make(edit);
    this.done.set(edit.id, answer);
    if (this.deaf) throw new ApiError(0, "unreachable", "");
    return answer;
  }

  private make(edit: Edit): Answer {
    this.sent.push(edit);
    if (edit.kind === "undo") return { edit: edit.id, change: 1, lines: [], gone: [], conflicts: [] };
    if (edit.kind !== "text") throw new ApiError(409, "not_next", "");
    if (edit.text === "SEALED") throw new ApiError(409, "transcript_sealed", "");
    const stands = this.lines.get(edit.line);
    if (stands?.version !== edit.version)
      throw new ApiError(409, "line_changed", "", { current: stands ?? null });
    return { edit: edit.id, change: 1, lines: [this.by(edit.line, edit.text)], gone: [], conflicts: [] };
  }

  /** Somebody changes a line. */
  by(id: string, text: string): Line {
    const now = line(id, text, { version: (this.lines.get(id)?.version ?? 0) + 1, edited: true });
    this.lines.set(id, now);
    return now;
  }

  /** Everything that waits for time has its time, and all answers come. */
  async pass(): Promise<void> {
    for (const act of this.waits.splice(0)) act();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  }

  type(text: string): void {
    this.editing.type(text, [text.length, text.length]);
  }

  get texts(): string[] {
    return this.sent.map((edit) => (edit.kind === "text" ? `${edit.version} ${edit.text}` : edit.kind));
  }
}

const shown = (editing: Editing, ...lines: Line[]) => editing.drawn(lines).map((each) => each.text);
const said = line("a", "rapat dibuka pukul sepuluh");

it("saves after a pause and on leaving, each for the version that came of the one before", async () => {
  const desk = new Desk(said);
  desk.editing.edit(said);
  desk.type("rapat dibuka  pukul sem");
  await desk.pass();
  desk.type("rapat dibuka pukul sembilan ");
  desk.editing.leave();
  await desk.pass();
  expect(desk.texts).toEqual(["1 rapat dibuka pukul sem", "2 rapat dibuka pukul sembilan"]);
  expect(desk.editing.stack.value.past).toHaveLength(2);
  expect(desk.kept).toEqual(EMPTY);
});

it("leaves nothing behind on Escape, whatever was saved meanwhile", async () => {
  const desk = new Desk(said);
  desk.editing.edit(said);
  desk.type("rapat");
  desk.editing.escape();
  await desk.pass();
  expect(desk.texts).toEqual([]);
  desk.editing.edit(said);
  desk.type("rapat");
  await desk.pass();
  desk.editing.escape();
  await desk.pass();
  expect(desk.lines.get("a")?.text).toBe(said.text);
});

it("never saves an empty line", async () => {
  const desk = new Desk(said);
  desk.editing.edit(said);
  desk.type("   ");
  desk.editing.leave();
  await desk.pass();
  expect(desk.texts).toEqual([]);
});

it("draws what was typed while the line is down, keeps it, and sends it from the next window", async () => {
  const desk = new Desk(said);
  desk.down = true;
  desk.editing.edit(said);
  desk.type("rapat dibuka pukul sembilan");
  desk.editing.leave();
  await desk.pass();
  expect(desk.editing.held.value).toBe("unreachable");
  expect(shown(desk.editing, said)).toEqual(["rapat dibuka pukul sembilan"]);
  desk.down = false;
  const next = desk.window();
  expect(shown(next, said)).toEqual(["rapat dibuka pukul sembilan"]);
  await desk.pass();
  expect(desk.lines.get("a")?.text).toBe("rapat dibuka pukul sembilan");
  expect([next.box.value, desk.kept]).toEqual([EMPTY, EMPTY]);
});

it("asks which of two texts is to stand, and mine goes over theirs only when I say so", async () => {
  const desk = new Desk(said);
  desk.editing.edit(said);
  desk.type("rapat dibuka pukul sembilan");
  desk.by("a", "rapat dibuka pukul delapan");
  await desk.pass();
  const clash = desk.editing.clash.value;
  expect(clash?.theirs?.text).toBe("rapat dibuka pukul delapan");
  expect(clash?.kept).toMatchObject({ base: said.text, edit: { text: "rapat dibuka pukul sembilan" } });
  expect([desk.editing.open.value, desk.editing.edit(said)]).toEqual([null, false]);
  expect(desk.kept.clashes).toHaveLength(1);
  if (clash) desk.editing.insist(clash, "rapat dibuka pukul sembilan");
  await desk.pass();
  expect(desk.lines.get("a")).toMatchObject({ text: "rapat dibuka pukul sembilan", version: 3 });
  expect(desk.editing.clash.value).toBeNull();
});

it("lets theirs stand, or goes on in the field from there", async () => {
  const desk = new Desk(said);
  const dispute = async (mine: string, theirs: string) => {
    desk.editing.edit(desk.lines.get("a") ?? said);
    desk.type(mine);
    desk.by("a", theirs);
    await desk.pass();
    return desk.editing.clash.value as NonNullable<typeof desk.editing.clash.value>;
  };
  desk.editing.yield(await dispute("satu", "dua"));
  expect(desk.lines.get("a")?.text).toBe("dua");
  desk.editing.reopen(await dispute("tiga", "empat"), "tiga empat");
  expect(desk.editing.open.value).toMatchObject({ typed: "tiga empat", version: 3 });
  desk.editing.leave();
  await desk.pass();
  expect(desk.lines.get("a")?.text).toBe("tiga empat");
});

it("takes back what it has done, and does it again", async () => {
  const desk = new Desk(said);
  desk.editing.edit(said);
  desk.type("satu");
  desk.editing.leave();
  await desk.pass();
  desk.editing.undo();
  await desk.pass();
  desk.editing.redo();
  await desk.pass();
  expect(desk.sent.slice(1)).toMatchObject([
    { kind: "undo", edit: desk.sent[0]?.id },
    { kind: "undo", edit: desk.sent[1]?.id },
  ]);
  expect(desk.editing.stack.value).toEqual({
    past: [{ id: desk.sent[2]?.id, kind: "text", line: "a" }],
    future: [],
  });
});

it("types on where an answer was lost, and nothing is done twice or thrown away", async () => {
  const desk = new Desk(said);
  desk.deaf = true;
  desk.editing.edit(said);
  desk.type("satu");
  await desk.pass();
  desk.type("satu dua");
  desk.editing.leave();
  desk.deaf = false;
  await desk.pass();
  await desk.pass();
  expect(desk.texts).toEqual(["1 satu", "2 satu dua"]);
  expect([desk.editing.clash.value, desk.editing.box.value]).toEqual([null, EMPTY]);
});

it("takes back what was done though its answer was lost", async () => {
  const desk = new Desk(said);
  desk.deaf = true;
  desk.editing.edit(said);
  desk.type("satu");
  desk.editing.leave();
  await desk.pass();
  desk.editing.undo();
  desk.deaf = false;
  await desk.pass();
  await desk.pass();
  expect(desk.sent.at(-1)).toMatchObject({ kind: "undo", edit: desk.sent[0]?.id });
  expect(desk.editing.stack.value.past).toEqual([]);
});

it("forgets what was never sent when that is undone", async () => {
  const desk = new Desk(said, line("b", "lain"));
  desk.down = true;
  desk.editing.edit(said);
  desk.type("satu");
  desk.editing.leave();
  await desk.pass();
  const other = desk.lines.get("b") as Line;
  desk.editing.edit(other);
  desk.type("tidak jadi");
  desk.editing.leave();
  desk.editing.undo();
  expect(shown(desk.editing, other)).toEqual(["lain"]);
  desk.down = false;
  await desk.pass();
  expect(desk.texts).toEqual(["1 satu"]);
});

it("keeps a text that the server refuses for what it says, until a person has seen it", async () => {
  const desk = new Desk(said);
  desk.editing.edit(said);
  desk.type("SEALED");
  desk.editing.leave();
  await desk.pass();
  expect(desk.editing.clash.value).toMatchObject({ code: "transcript_sealed", theirs: said });
});

it("says what could not be done, and does not try it again", async () => {
  const desk = new Desk(said);
  desk.editing.do(said, (of) => ({ ...of, kind: "merge", next: "b", next_version: 1 }));
  await desk.pass();
  expect(desk.editing.notice.value?.what).toEqual({ code: "not_next" });
  expect(desk.editing.box.value).toEqual(EMPTY);
});
