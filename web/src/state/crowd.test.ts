import { expect, it } from "vitest";
import type { Participant } from "../protocol/messages";
import { onStage } from "./crowd";

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
