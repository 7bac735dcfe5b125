import { expect, test } from "vitest";
import { progress } from "./roll";

const office = (id: string, here: boolean | null) => ({ office_id: id, office: `KPU ${id}`, here });

test("without offices there is no round", () => {
  expect(progress({ offices: [], seconds: 0, called: null })).toBeNull();
});

test("a round says who was called, who is next and who speaks", () => {
  const offices = [office("Bali", true), office("Riau", false), office("Papua", null)];
  expect(progress({ offices, seconds: 60, called: "Bali" })).toEqual({
    called: 2,
    of: 3,
    next: "KPU Papua",
    now: "KPU Bali",
  });
  expect(progress({ offices: offices.slice(0, 2), seconds: 60, called: null })?.next).toBeNull();
});
