import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Watch } from "../protocol/messages";
import { View } from "./view";

let said: Watch[];
let connected: boolean;
let page: EventTarget & { visibilityState: string };
let view: View;
let remembered: Map<string, string>;

const passes = (ms: number) => vi.advanceTimersByTime(ms);
const tiles = (...seats: string[]) => seats.map((seat) => ({ seat, height: 180 }));
const look = (state: "visible" | "hidden") => {
  page.visibilityState = state;
  page.dispatchEvent(new Event("visibilitychange"));
};

function open(): View {
  return new View({
    self: () => "me",
    first: () => new Set(["chair"]),
    tell: (message) => {
      if (connected) said.push(message);
      return connected;
    },
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  connected = true;
  remembered = new Map();
  page = Object.assign(new EventTarget(), { visibilityState: "visible" });
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("document", page);
  vi.stubGlobal("devicePixelRatio", 1);
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => remembered.get(key) ?? null,
    setItem: (key: string, value: string) => remembered.set(key, value),
  });
  view = open();
  view.welcomed();
  said = [];
});

afterEach(() => {
  view.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the view", () => {
  it("tells many changes in one message, and at most three in a second", () => {
    for (let turn = 0; turn < 100; turn++) {
      view.tiles.value = tiles("me", `a${turn}`);
      passes(10);
    }
    passes(1000);
    expect(said.length).toBeLessThanOrEqual(4);
    expect(said.at(-1)?.shown).toEqual([{ seat: "a99", height: 180 }]);
  });

  it("says nothing where nothing changed", () => {
    view.tiles.value = tiles("me", "a");
    passes(1000);
    view.tiles.value = tiles("me", "a");
    passes(1000);
    expect(said).toHaveLength(1);
  });

  it("says everything again at every welcome, the chair before others", () => {
    view.tiles.value = tiles("a", "chair");
    connected = false;
    passes(1000);
    connected = true;
    view.welcomed();
    expect(said.map((each) => each.shown?.map((shown) => shown.seat))).toEqual([["chair", "a"]]);
    view.welcomed();
    expect(said).toHaveLength(2);
  });

  it("shows nothing once nobody has looked for five seconds", () => {
    view.tiles.value = tiles("a");
    look("hidden");
    passes(4000);
    look("visible");
    passes(6000);
    expect(said.at(-1)?.shown).toHaveLength(1);
    look("hidden");
    passes(6000);
    expect(said.at(-1)?.shown).toEqual([]);
    look("visible");
    passes(1000);
    expect(said.at(-1)?.shown).toHaveLength(1);
  });

  it("remembers the mode on this machine, and no word it does not know", () => {
    view.setMode("saving");
    passes(1000);
    expect(said.at(-1)?.mode).toBe("saving");
    view.close();
    view = open();
    expect(view.mode.value).toBe("saving");
    remembered.set("rakor.mode", "everything");
    expect(open().mode.value).toBe("full");
  });

  it("pins each seat once, the newest of too many, and lets go", () => {
    for (const seat of ["a", "b", "b", "c", "d", "e", "f", "g", "h", "i"]) view.pin(seat);
    expect(view.pinned.value).toEqual(["b", "c", "d", "e", "f", "g", "h", "i"]);
    view.unpin("c");
    expect(view.pinned.value).not.toContain("c");
  });
});
