import { expect, it } from "vitest";
import type { Participant } from "../protocol/messages";
import { onStage, paged } from "./crowd";

const people = (...list: (string | Partial<Participant>)[]): Map<string, Participant> =>
  new Map(
    list.map((each) => {
      const given = typeof each === "string" ? { seat: each } : each;
      const seat = given.seat ?? "?";
      const rest = {
        name: seat,
        position: "",
        office: "",
        role: "participant",
        shared: false,
        mic: false,
        camera: false,
        screen: false,
      };
      return [seat, { ...rest, away: false, ...given, seat } as Participant];
    }),
  );

it("shows everybody who fits, oneself first", () => {
  expect(onStage([], people("a", "me", "b"), [], "me", 9)).toEqual(["me", "a", "b"]);
});

it("prefers the chair and cameras", () => {
  const room = people("a", { seat: "b", camera: true }, { seat: "c", role: "chair" });
  expect(onStage([], room, [], null, 2)).toEqual(["c", "b"]);
});

it("leaves everybody in place when somebody shown speaks", () => {
  expect(onStage(["a", "b", "c"], people("a", "b", "c", "d"), ["b"], null, 3)).toEqual(["a", "b", "c"]);
});

it("lets an unseen speaker in at one person's place only", () => {
  const room = people("a", { seat: "b", mic: true }, "c", "d");
  expect(onStage(["a", "b", "c"], room, ["d"], null, 3)).toEqual(["a", "b", "d"]);
});

it("never puts a speaker out for another speaker, nor grows", () => {
  expect(onStage(["a", "b"], people("a", "b", "c"), ["c", "a", "b"], null, 2)).toEqual(["a", "b"]);
  expect(onStage([], people("a"), ["a"], null, 0)).toEqual([]);
});

it("fills the place of one who left", () => {
  expect(onStage(["a", "b"], people("a", "c"), [], null, 2)).toEqual(["a", "c"]);
});

it("gives pinned seats the first places, whoever speaks", () => {
  const room = people("a", "me", "b", { seat: "c", role: "chair" }, "d");
  expect(onStage([], room, [], "me", 3, ["b"])).toEqual(["b", "me", "c"]);
  expect(onStage(["b", "me", "c"], room, ["d"], "me", 3, ["b"])).toEqual(["b", "me", "d"]);
  expect(onStage([], room, [], "me", 2, ["b", "a", "d"])).toEqual(["b", "me"]);
  expect(onStage([], room, [], "me", 3, ["gone"])).toEqual(["me", "c", "a"]);
});

it("puts back what was pinned", () => {
  expect(onStage(["b", "me", "a"], people("a", "me", "b"), [], "me", 3)).toEqual(["me", "b", "a"]);
});

it("turns pages through those who are not on the first one", () => {
  const order = ["me", "a", "b", "c", "d", "e", "f"];
  expect(paged(["me", "d", "f"], order, 0, 3)).toEqual({ seats: ["me", "d", "f"], page: 0, pages: 3 });
  expect(paged(["me", "d", "f"], order, 1, 3).seats).toEqual(["a", "b", "c"]);
  expect(paged(["me", "d", "f"], order, 2, 3).seats).toEqual(["e"]);
});

it("goes back to the last page there is when people have left", () => {
  expect(paged(["me", "d"], ["me", "a", "d"], 5, 2)).toEqual({ seats: ["a"], page: 1, pages: 2 });
  expect(paged(["me", "a"], ["me", "a"], 1, 2)).toEqual({ seats: ["me", "a"], page: 0, pages: 1 });
  expect(paged([], ["me", "a"], 1, 0)).toEqual({ seats: [], page: 0, pages: 1 });
});
