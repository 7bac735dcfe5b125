import { expect, it } from "vitest";
import type { Notula } from "../../api/notula";
import type { Line } from "../../api/types";
import { NOTULA } from "./example";
import { offered } from "./finding";
import { open, turn, way } from "./way";

const at = (state: Notula["state"], more: Partial<Notula> = {}): Notula => ({ ...NOTULA, state, ...more });
const did = (at: string, by: string, move: string, reason: string) => ({
  at,
  by,
  position: "",
  move,
  version: 1,
  reason,
});
const sari = { id: "sari", name: "Sari", position: "Kasubbag" };
const budi = { id: "budi", name: "Budi", position: "Kabag" };

it("tells who brought it where it is, and nothing of what lies ahead", () => {
  const history = [
    did("1", "Sistem", "draft", ""),
    did("2", "Dewi", "edit", ""),
    did("3", "Dewi", "submit", ""),
    did("4", "Budi", "return", "Kurang lengkap"),
    did("5", "Sari", "edit", ""),
  ];
  const steps = way(at("returned", { history }));
  expect(steps.map(({ standing }) => standing)).toEqual(["done", "now", "ahead", "ahead", "ahead", "ahead"]);
  expect(steps.map(({ by }) => by)).toEqual(["Sistem", "Sari", null, null, null, null]);
});

it("says whose turn it is: answers, checkers in order, the window's end, the chair; who wrote signs first", () => {
  const duties = { minute_taker: sari, checkers: [sari, budi], chair: budi, archivist: null };
  const told = (state: Notula["state"], more: Partial<Notula> = {}) =>
    turn(at(state, { duties, ...more }), 1000);
  expect(told("machine_draft")).toEqual({ task: "look", who: sari });
  expect(told("edited")).toEqual({ task: "submit", who: sari });
  const proposal = {
    id: "p",
    statement: "k1",
    was: "",
    text: "",
    why: "",
    by: "",
    position: "",
    at: "",
    answer: null,
  };
  const initials = [{ name: "Sari", position: "", at: "" }];
  expect(told("in_review", { proposals: [proposal] })).toEqual({ task: "answer", who: sari });
  expect(told("in_review")).toEqual({ task: "initial", who: sari });
  expect(told("in_review", { initials })).toEqual({ task: "initial", who: budi });
  const checked = { duties: { ...duties, checkers: [] } };
  const window = { until: "1970-01-01T00:00:02Z" };
  expect(told("in_review", { ...checked, window })).toEqual({ task: "window", who: sari });
  expect(turn(at("in_review", { ...checked, window }), 3000)?.task).toBe("approve");
  expect(told("in_review", checked)).toEqual({ task: "approve", who: budi });
  expect(told("approved")?.task).toBe("sign_minute_taker");
  const signatures = [{ duty: "minute_taker", name: "Sari", position: "", at: "", method: "" }] as const;
  expect(told("approved", { signatures })).toEqual({ task: "sign_chair", who: budi });
  expect(told("signed")).toEqual({ task: "archive", who: null });
  expect(told("archived")).toBeNull();
});

it("finds the proposals that nobody has answered", () => {
  const proposal = { statement: "k1", was: "", text: "", why: "", by: "", position: "", at: "" };
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
