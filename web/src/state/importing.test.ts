import { describe, expect, it } from "vitest";
import type { Counts, Outcome, PreviewRow } from "../api/directory";
import { firstShown, offer, shown } from "./importing";

const counts = (given: Partial<Counts>): Counts => ({ new: 0, changed: 0, same: 0, wrong: 0, ...given });
const row = (number: number, outcome: Outcome): PreviewRow => ({
  number,
  outcome,
  label: "",
  changes: [],
  wrong: [],
});

describe("an import before it is applied", () => {
  it("shows first what must be looked at", () => {
    expect(firstShown(counts({ same: 9, new: 2, wrong: 1 }))).toBe("wrong");
    expect(firstShown(counts({ same: 9, new: 2, changed: 1 }))).toBe("changed");
    expect(firstShown(counts({ same: 9 }))).toBe("same");
    expect(firstShown(counts({}))).toBe("same");
  });

  it("offers what can be written, and says when that is not all", () => {
    expect(offer(counts({ new: 2, changed: 3, same: 4 }))).toEqual({ rows: 5, partial: false });
    expect(offer(counts({ new: 2, wrong: 1 }))).toEqual({ rows: 2, partial: true });
    expect(offer(counts({ same: 2 }))).toEqual({ rows: 0, partial: false });
  });

  it("counts the rows that were not sent", () => {
    const preview = {
      counts: counts({ new: 5, wrong: 1 }),
      rows: [row(4, "wrong"), row(2, "new"), row(3, "new")],
      ignored: [],
      token: "",
    };
    expect(shown(preview, "new")).toEqual({ rows: [row(2, "new"), row(3, "new")], more: 3 });
    expect(shown(preview, "wrong").more).toBe(0);
    expect(shown(preview, "changed")).toEqual({ rows: [], more: 0 });
  });
});
