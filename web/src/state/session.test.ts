import { describe, expect, it } from "vitest";
import { backoff } from "./backoff";
import { type Happening, type Phase, STEPS, step } from "./session";

describe("the socket's life", () => {
  it("comes back after every loss", () => {
    let phase: Phase = "idle";
    const effects: string[] = [];
    const story: Happening[] = [
      "start",
      "lost",
      "retry",
      "opened",
      "lost",
      "retry",
      "opened",
      "welcomed",
      "lost",
      "retry",
    ];
    for (const happening of story) {
      const [next, effect] = step(phase, happening);
      phase = next;
      effects.push(effect);
    }
    expect(phase).toBe("connecting");
    expect(effects.filter((effect) => effect === "connect")).toHaveLength(4);
  });

  it("waits outside, says hello again when it is let in, and knocks again when its line was lost", () => {
    expect(step("greeting", "held")).toEqual(["held", "none"]);
    expect(step("held", "admitted")).toEqual(["greeting", "greet"]);
    expect(step("held", "lost")).toEqual(["waiting", "wait"]);
    expect(step("joined", "admitted")).toEqual(["joined", "none"]);
  });

  it("ends for good from everywhere", () => {
    for (const phase of Object.keys(STEPS) as Phase[]) expect(step(phase, "finished")[0]).toBe("over");
    for (const late of ["start", "opened", "welcomed", "lost", "retry"] as Happening[])
      expect(step("over", late)).toEqual(["over", "none"]);
  });

  it("ignores what comes too late", () => {
    expect(step("joined", "retry")).toEqual(["joined", "none"]);
    expect(step("waiting", "lost")).toEqual(["waiting", "none"]);
  });
});

describe("backoff", () => {
  it("starts at once and never exceeds two seconds", () => {
    expect(backoff(0, 0)).toBeCloseTo(0.15);
    expect(backoff(0, 1)).toBeCloseTo(0.3);
    for (let attempt = 0; attempt < 40; attempt++) expect(backoff(attempt, 1)).toBeLessThanOrEqual(2);
  });
});
