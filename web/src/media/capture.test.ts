import { expect, it } from "vitest";
import { declined } from "./capture";

it("tells a change of mind from what a person must be told", () => {
  expect(declined({ name: "NotAllowedError", message: "Permission denied by user" })).toBe(true);
  expect(declined({ name: "NotAllowedError", message: "Permission denied" })).toBe(true);
  expect(declined({ name: "NotAllowedError", message: "Permission denied by system" })).toBe(false);
  expect(declined({ name: "NotReadableError", message: "Could not start video source" })).toBe(false);
  expect(declined(null)).toBe(false);
});
