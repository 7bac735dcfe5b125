import { expect, test } from "vitest";
import { joined, read, written } from "./company";

const ANI = { name: "Ani Lestari", position: "Kasubbag Hukum" };
const BUDI = { name: "Budi", position: "" };

test("lines name people, with a position where there is one", () => {
  expect(read(" Ani Lestari | Kasubbag Hukum \n\nBudi\n | tanpa nama")).toEqual([ANI, BUDI]);
});

test("what is written is read again", () => {
  expect(read(written([ANI, BUDI]))).toEqual([ANI, BUDI]);
});

test("nobody is added twice", () => {
  expect(joined("Budi", ANI)).toBe("Budi\nAni Lestari | Kasubbag Hukum");
  expect(joined("ani lestari", ANI)).toBe("ani lestari");
});
