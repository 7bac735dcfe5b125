import { expect, test } from "vitest";
import { joined, MOST, read, refused, written } from "./company";

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

test("what the room would refuse is known before it is sent", () => {
  expect(refused([ANI, BUDI])).toBeNull();
  expect(refused([ANI, { ...ANI, name: "ani lestari" }])).toBe("named_twice");
  expect(refused([{ ...ANI, name: "A".repeat(121) }])).toBe("bad_company");
  expect(refused(Array.from({ length: MOST + 1 }, (_, at) => ({ ...BUDI, name: `Nama ${at}` })))).toBe(
    "bad_company",
  );
});
