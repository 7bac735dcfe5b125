import { expect, it } from "vitest";
import type { Content } from "../../api/notula";
import {
  added,
  blank,
  changed,
  citing,
  indexed,
  listed,
  type Place,
  places,
  removed,
  stepped,
  transferred,
} from "./content";
import { CONTENT, decided, said } from "./example";
import { lacking, sendable } from "./holding";

const place = (key: string, content: Content = CONTENT): Place => {
  const found = places(content).find((each) => each.key === key);
  if (!found) throw new Error(key);
  return found;
};
const ids = (content: Content, key: string) => listed(content, place(key, content)).map(({ id }) => id);
const of = (content: Content, id: string) => indexed(content).get(id);

it("lists sections in the official order, each item of the discussion by itself", () => {
  expect(places(CONTENT).map(({ key }) => key)).toEqual([
    "opening",
    "discussion/Paparan",
    "discussion/Tanya jawab",
    "conclusions",
    "decisions",
    "directions",
    "problems",
    "follow_ups",
    "closing",
  ]);
  const twice = { ...CONTENT, discussion: [...CONTENT.discussion, ...CONTENT.discussion] };
  expect(new Set(places(twice).map(({ key }) => key)).size).toBe(11);
});

it("moves within a place, and stays at its ends", () => {
  expect(ids(stepped(CONTENT, "d2", -1), "discussion/Paparan")).toEqual(["d2", "d1"]);
  expect(stepped(CONTENT, "d1", -1)).toBe(CONTENT);
  expect(stepped(CONTENT, "d2", 1)).toBe(CONTENT);
  expect(stepped(CONTENT, "nobody", 1)).toBe(CONTENT);
});

it("makes a contribution a decision and keeps words, citations and law", () => {
  const spoken = changed(CONTENT, "d1", {
    law: ["pkpu:2020:5"],
    speaker: { name: "Ratna", position: "", office: "" },
  });
  const moved = transferred(spoken, "d1", place("decisions"));
  expect(ids(moved, "discussion/Paparan")).toEqual(["d2"]);
  expect(of(moved, "d1")?.statement).toEqual({
    id: "d1",
    text: "Alat bukti diuji.",
    cites: ["l2"],
    origin: "rule",
    basis: ["pkpu:2020:5"],
    how: "",
    objections: "",
  });
  const directed = transferred(spoken, "d1", place("directions"));
  expect(of(directed, "d1")?.statement.by?.name).toBe("Ratna");
  expect(transferred(CONTENT, "k1", place("decisions"))).toBe(CONTENT);
});

it("adds after a statement, or at the end", () => {
  const there = added(CONTENT, place("discussion/Paparan"), blank("n1"), "d1");
  expect(ids(there, "discussion/Paparan")).toEqual(["d1", "n1", "d2"]);
  expect(of(there, "n1")?.statement.manner).toBe("remark");
  expect(ids(added(CONTENT, place("decisions"), blank("n2")), "decisions")).toEqual(["k1", "n2"]);
  expect(ids(removed(there, "n1"), "discussion/Paparan")).toEqual(["d1", "d2"]);
});

it("cites in the order spoken, each line once", () => {
  const starts = new Map([
    ["l1", 1],
    ["l2", 20],
    ["l3", 30],
  ]);
  let now = citing(CONTENT, "k1", "l1", true, starts);
  now = citing(now, "k1", "l1", true, starts);
  expect(of(now, "k1")?.statement.cites).toEqual(["l1", "l3"]);
  expect(of(citing(now, "k1", "l3", false, starts), "k1")?.statement.cites).toEqual(["l1"]);
});

it("says what a statement lacks: its words, or a citation where it binds", () => {
  const empty = added(changed(CONTENT, "k1", { cites: [] }), place("opening"), blank("n1"));
  expect([...lacking(empty)]).toEqual([
    ["n1", "text"],
    ["k1", "citation"],
  ]);
  expect(lacking(CONTENT).size).toBe(0);
});

it("holds back what cannot be saved and sends its saved form instead, where it stood", () => {
  const added1 = added(CONTENT, place("decisions"), { ...blank("n1"), text: "Baru " });
  const uncited = changed(changed(added1, "k1", { cites: [], text: "Lain" }), "o1", { text: " Dibuka. " });
  const sent = sendable(uncited, CONTENT);
  expect(sent.decisions).toEqual([decided("k1", "Klarifikasi 12 Juli.")]);
  expect(sent.opening[0]?.text).toBe("Dibuka.");
  const moved = transferred(CONTENT, "d2", place("conclusions"));
  expect(ids(sendable(moved, CONTENT), "discussion/Paparan")).toEqual(["d1", "d2"]);
  expect(ids(sendable(moved, CONTENT), "conclusions")).toEqual([]);
  expect(said("x", "y").named).toBe(true);
});
