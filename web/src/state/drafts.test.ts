import { describe, expect, it } from "vitest";
import type { Caption, Draft } from "../protocol/messages";
import { type Drafts, drafted, NO_DRAFTS, said, silenced } from "./drafts";

const draft = (text: string, more: Partial<Draft> = {}): Draft => ({
  type: "draft",
  seat: "a",
  start: 10,
  keep: 0,
  text,
  settled: 0,
  ...more,
});

const line = (end: number, seat = "a"): Caption => ({
  line: "l",
  seat,
  speaker: "A",
  office: "KPU RI",
  start: end - 1,
  end,
  text: "Baik.",
});

const play = (...messages: Draft[]) => messages.reduce(drafted, NO_DRAFTS);
const words = (drafts: Drafts, seat = "a") => drafts.get(seat)?.words.join(" ");

describe("a draft", () => {
  it("grows by what has changed", () => {
    const drafts = play(draft("Selamat pagi"), draft("bapak ibu", { keep: 2, settled: 1 }));
    expect(words(drafts)).toBe("Selamat pagi bapak ibu");
    expect(drafts.get("a")?.settled).toBe(1);
  });

  it("loses words that were heard wrongly", () => {
    expect(words(play(draft("Selamat pagar"), draft("pagi", { keep: 1 })))).toBe("Selamat pagi");
    expect(words(play(draft("Selamat pagar"), draft("", { keep: 1 })))).toBe("Selamat");
  });

  it("gives way to one that begins later", () => {
    expect(words(play(draft("Selamat pagi"), draft("Baik", { start: 20 })))).toBe("Baik");
  });

  it("is left as it is by what builds on another", () => {
    expect(words(play(draft("Selamat pagi"), draft("ibu", { start: 20, keep: 2 })))).toBe("Selamat pagi");
    expect(play(draft("ibu", { keep: 2 }))).toBe(NO_DRAFTS);
  });

  it("ends without a text, but not by the end of an older one", () => {
    expect(words(play(draft("Baik"), draft("")))).toBeUndefined();
    expect(words(play(draft("Baik", { start: 20 }), draft("")))).toBe("Baik");
  });

  it("becomes a line of its seat that ends behind its beginning", () => {
    const drafts = play(draft("Baik"));
    expect(words(said(drafts, line(12)))).toBeUndefined();
    expect(words(said(drafts, line(9)))).toBe("Baik");
    expect(words(said(drafts, line(12, "b")))).toBe("Baik");
  });

  it("goes with its seat", () => {
    expect(silenced(play(draft("Baik")), "a").size).toBe(0);
    expect(silenced(NO_DRAFTS, "a")).toBe(NO_DRAFTS);
  });
});
