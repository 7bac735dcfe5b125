import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { language, recallLanguage, setLanguage, t } from ".";

let remembered: string | null;
const page = { documentElement: { lang: "" } };

beforeEach(async () => {
  remembered = null;
  vi.stubGlobal("document", page);
  vi.stubGlobal("localStorage", {
    getItem: () => remembered,
    setItem: (_: string, value: string) => {
      remembered = value;
    },
  });
  await recallLanguage();
});

afterEach(() => vi.unstubAllGlobals());

it("is Indonesian until a person chooses English, and then that from the start", async () => {
  expect([language.value, page.documentElement.lang, t.value.room.leaveShort]).toEqual([
    "id",
    "id",
    "Tinggalkan",
  ]);
  await setLanguage("en");
  expect([language.value, page.documentElement.lang, t.value.room.leaveShort]).toEqual(["en", "en", "Leave"]);
  await recallLanguage();
  expect(language.value).toBe("en");
});

it("is the one chosen last, whichever is loaded first", async () => {
  await Promise.all([setLanguage("en"), setLanguage("id")]);
  expect([language.value, t.value.room.leaveShort]).toEqual(["id", "Tinggalkan"]);
});
