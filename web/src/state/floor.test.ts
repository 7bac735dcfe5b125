import { describe, expect, it } from "vitest";
import type { Participant } from "../protocol/messages";
import { asking, floor, left, NO_FLOOR, type Power, silenced, turn, urgency } from "./floor";

const person = (seat: string) => ({ seat }) as Participant;
const said = floor({
  type: "floor",
  hands: [
    { seat: "b", request: "interrupt" },
    { seat: "gone", request: "speak" },
    { seat: "a", request: "speak" },
  ],
  grant: { seat: "c", speaker: "", since: 100, seconds: 60 },
  mics_locked: true,
});

describe("the floor", () => {
  it("knows the place of a hand", () => {
    expect([turn(said, "b"), turn(said, "a"), turn(said, "c"), turn(said, null)]).toEqual([1, 3, null, null]);
    expect(turn(NO_FLOOR, "b")).toBeNull();
  });

  it("lists who asks to speak, in order, and waits for whom it does not know yet", () => {
    const known = new Map(["a", "b"].map((seat) => [seat, person(seat)]));
    expect(asking(said, known).map((each) => [each.person.seat, each.interrupts])).toEqual([
      ["b", true],
      ["a", false],
    ]);
  });

  it("silences whoever neither leads nor has the floor while microphones are locked, and observers always", () => {
    const [all, leads] = [new Set<Power>(["speak"]), new Set<Power>(["speak", "speak_locked"])];
    expect(silenced(said, all, "a")).toBe("locked");
    expect(silenced(said, all, "c")).toBeNull();
    expect(silenced(said, leads, "a")).toBeNull();
    expect(silenced(NO_FLOOR, all, "a")).toBeNull();
    expect(silenced(NO_FLOOR, new Set(), "a")).toBe("observer");
  });

  it("counts the time down, and on", () => {
    const grant = said.grant;
    if (!grant) throw new Error("nobody has the floor");
    const seconds = [100, 129, 130, 159.5, 160, 170].map((time) => left(grant, time));
    expect(seconds).toEqual([60, 31, 30, 0.5, 0, -10]);
    expect(seconds.map(urgency)).toEqual(["plenty", "plenty", "soon", "soon", "over", "over"]);
  });
});
