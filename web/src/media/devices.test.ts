import { expect, it } from "vitest";
import { problemOf } from "./devices";

it("names what a person can do something about", () => {
  expect(problemOf({ name: "NotAllowedError" })).toBe("denied");
  expect(problemOf({ name: "NotFoundError" })).toBe("missing");
  expect(problemOf({ name: "OverconstrainedError" })).toBe("missing");
  expect(problemOf({ name: "NotReadableError" })).toBe("busy");
  expect(problemOf({ name: "InsecureContext" })).toBe("insecure");
  expect(problemOf(null)).toBe("unknown");
});
