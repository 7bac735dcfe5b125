import { expect, it } from "vitest";
import type { Notula } from "../../api/notula";
import type { Line } from "../../api/types";
import { NOTULA } from "./example";
import { offered } from "./finding";
import { open, turn, way } from "./way";

const at = (state: Notula["state"], more: Partial<Notula> = {}): Notula => ({ ...NOTULA, state, ...more });
const sari = { id: "sari", name: "Sari", position: "Kasubbag" };
const budi = { id: "budi", name: "Budi", position: "Kabag" };

it("tells who brought it where it is, and nothing of what lies ahead", () => {
  const history = [
    { at: "1", by: "Sistem", move: "draft", reason: "" },
    { at: "2", by: "Dewi", move: "edit", reason: "" },
    { at: "3", by: "Dewi", move: "submit", reason: "" },
    { at: "4", by: "Budi", move: "return", reason: "Kurang lengkap" },
    { at: "5", by: "Sari", move: "edit", reason: "" },
  ];
  const steps = way(at("returned", { history }));
  expect(steps.map(({ standing }) => standing)).toEqual(["done", "now", "ahead", "ahead", "ahead", "ahead"]);
  expect(steps.map(({ by }) => by)).toEqual(["Sistem", "Sari", null, null, null, null]);
});

it("says whose turn it is: checkers in order, then the chair; who wrote signs first", () => {
  const duties = { minute_taker: sari, checkers: [sari, budi], chair: budi, archivist: null };
  expect(turn(at("edited", { duties }))).toEqual({ task: "submit", who: sari });
  const initials = [{ name: "Sari", position: "", at: "" }];
  expect(turn(at("in_review", { duties }))).toEqual({ task: "initial", who: sari });
  expect(turn(at("in_review", { duties, initials }))).toEqual({ task: "initial", who: budi });
  expect(turn(at("in_review", { duties: { ...duties, checkers: [] } }))).toEqual({
    task: "approve",
    who: budi,
  });
  expect(turn(at("approved", { duties }))?.task).toBe("sign_minute_taker");
  const signatures = [{ duty: "minute_taker", name: "Sari", position: "", at: "", method: "" }] as const;
  expect(turn(at("approved", { duties, signatures }))).toEqual({ task: "sign_chair", who: budi });
  expect(turn(at("signed", { duties }))).toEqual({ task: "archive", who: null });
  expect(turn(at("archived"))).toBeNull();
});

it("finds the proposals that nobody has answered", () => {
  const proposal = { statement: "k1", was: "", text: "", why: "", by: "", at: "" };
  const answered = { accepted: true, reason: "", by: "", at: "" };
  const proposals = [
    { ...proposal, id: "p1", answer: answered },
    { ...proposal, id: "p2", answer: null },
    { ...proposal, id: "p3", statement: "d1", answer: null },
  ];
  expect(open({ proposals }, "k1").map(({ id }) => id)).toEqual(["p2"]);
});

const lines = Array.from(
  { length: 200 },
  (_, index) => ({ id: `l${index}`, text: `baris ${index} Jum'at`, speaker: "Ratna", office: "KPU" }) as Line,
);

it("offers lines with every word that was typed, else those around a place", () => {
  expect(offered(lines, "RATNA jumat 150", undefined)).toMatchObject({ lines: [{ id: "l150" }], more: 0 });
  expect(offered(lines, "baris", undefined)).toMatchObject({ more: 120 });
  const near = offered(lines, " ", "l100").lines;
  expect([near.length, near[0]?.id]).toEqual([80, "l80"]);
  expect(offered(lines, "", "l199").lines.at(-1)?.id).toBe("l199");
  expect(offered([], "", "l1").lines).toEqual([]);
});
