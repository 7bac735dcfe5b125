import { expect, it } from "vitest";
import { fileSize, percent } from "./size";

it.each([
  [1, "0,001\u00a0kB"],
  [912_000_000, "912\u00a0MB"],
  [1_234_000_000, "1,23\u00a0GB"],
  [16e9, "16\u00a0GB"],
  [4e12, "4.000\u00a0GB"],
])("says how large a file of %i bytes is", (bytes, said) => {
  expect(fileSize(bytes, "id")).toBe(said);
});

it("never says that all is done before it is", () => {
  expect([percent(0.999, "id"), percent(1, "id")]).toEqual(["99%", "100%"]);
});
