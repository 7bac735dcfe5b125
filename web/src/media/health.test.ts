import { describe, expect, it } from "vitest";
import { type Health, LIMIT_S, pause, type Remedy, type Sign, STEPS, step } from "./health";

function live(signs: Sign[], from: Health = "idle"): { health: Health; remedies: Remedy[] } {
  let health = from;
  const remedies: Remedy[] = [];
  for (const sign of signs) {
    const [next, remedy] = step(health, sign);
    health = next;
    if (remedy !== "none") remedies.push(remedy);
  }
  return { health, remedies };
}

describe("media health", () => {
  it("connects", () => {
    expect(live(["wanted", "answered", "up"])).toEqual({ health: "flowing", remedies: ["renew"] });
  });

  it("waits out a hiccup", () => {
    expect(live(["down", "up"], "flowing")).toEqual({ health: "flowing", remedies: [] });
  });

  it("restarts ICE first, and replaces the connection when that does not help", () => {
    expect(live(["down", "expired", "answered", "up"], "flowing").remedies).toEqual(["restart"]);
    expect(live(["failed", "expired"], "flowing")).toEqual({
      health: "offering",
      remedies: ["restart", "renew"],
    });
    expect(live(["down", "expired", "refused"], "flowing").remedies).toEqual(["restart", "renew"]);
  });

  it("restarts ICE at once when nothing arrives, and only where a path had been", () => {
    expect(live(["stale", "up"], "flowing")).toEqual({ health: "flowing", remedies: ["restart"] });
    expect(live(["stale"], "ailing").remedies).toEqual(["restart"]);
    for (const health of ["idle", "offering", "connecting", "restarting", "pausing"] as Health[])
      expect(step(health, "stale")).toEqual([health, "none"]);
  });

  it("asks again for a restart that nobody heard", () => {
    expect(live(["stale", "reached", "up"], "flowing").remedies).toEqual(["restart", "restart"]);
  });

  it("replaces at once what the server has lost", () => {
    for (const health of ["flowing", "ailing", "restarting", "connecting", "pausing"] as Health[])
      expect(step(health, "wanted")).toEqual(["offering", "renew"]);
  });

  it("keeps a connection that answers or comes up in the pause before the next one", () => {
    expect(live(["expired", "up", "expired"], "connecting")).toEqual({ health: "flowing", remedies: [] });
    expect(live(["expired", "answered", "up"], "offering")).toEqual({ health: "flowing", remedies: [] });
  });

  it("has no state in which it could stay stuck", () => {
    for (const health of Object.keys(STEPS) as Health[]) {
      if (health === "idle" || health === "flowing") continue;
      expect(LIMIT_S[health], health).not.toBeNull();
      expect(STEPS[health].expired, health).toBeDefined();
    }
  });

  it("pauses longer and longer, up to ten seconds", () => {
    expect(pause(0, 0.5)).toBeCloseTo(0.5);
    expect(pause(3, 0.5)).toBeCloseTo(4);
    expect(pause(30, 1)).toBeLessThanOrEqual(10);
  });
});
