import { expect, it } from "vitest";
import { hue, initials, tileName } from "./people";

it("names a tile by office, name and position", () => {
  const bambang = { name: "Bambang Hartono", position: "Kepala Biro Hukum", office: "KPU RI" };
  expect(tileName(bambang)).toBe("[KPU RI] Bambang Hartono – Kepala Biro Hukum");
  expect(tileName({ ...bambang, position: "" })).toBe("[KPU RI] Bambang Hartono");
});

it("makes initials without academic titles, also for single names", () => {
  expect(initials("Dr. Ratna Widjaja, S.H., M.H.")).toBe("RW");
  expect(initials("Suharto")).toBe("S");
  expect(initials("")).toBe("?");
});

it("gives a name always the same colour", () => {
  expect(hue("Maria", 6)).toBe(hue("Maria", 6));
  expect(hue("Maria", 6)).toBeLessThan(6);
});
