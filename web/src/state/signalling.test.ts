import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FromPage } from "../protocol/messages";
import { Signalling } from "./signalling";

class Socket {
  static readonly OPEN = 1;
  static made: Socket[] = [];
  readonly readyState = Socket.OPEN;
  readonly sent: FromPage[] = [];
  onopen?: () => void;
  onclose?: () => void;
  onmessage?: (event: { data: string }) => void;

  constructor() {
    Socket.made.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  hear(type: string): void {
    this.onmessage?.({ data: JSON.stringify({ type }) });
  }

  close(): void {}
}

let page: EventTarget;
let signalling: Signalling;
const newest = () => Socket.made.at(-1) as Socket;
const passes = (seconds: number) => vi.advanceTimersByTime(seconds * 1000);

beforeEach(() => {
  vi.useFakeTimers();
  page = new EventTarget();
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("document", Object.assign(new EventTarget(), { visibilityState: "visible" }));
  vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
  vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
  vi.stubGlobal("WebSocket", Socket);
  Socket.made = [];
  const hello = () => ({ type: "hello", version: 3 }) as const;
  signalling = new Signalling("wss://rakor.test", { hello, heard: () => {}, phased: () => {} });
  signalling.start();
  newest().onopen?.();
  newest().hear("welcome");
});

afterEach(() => {
  signalling.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the socket, when the network changes", () => {
  it("is asked at once, and kept when it answers", () => {
    passes(0.1);
    page.dispatchEvent(new Event("online"));
    expect(newest().sent.at(-1)?.type).toBe("ping");
    passes(0.2);
    newest().hear("pong");
    passes(4);
    expect(signalling.phase).toBe("joined");
    expect(Socket.made).toHaveLength(1);
  });

  it("is given up when it says nothing for three seconds, and another one is made", () => {
    passes(0.1);
    page.dispatchEvent(new Event("online"));
    page.dispatchEvent(new Event("online"));
    passes(3.1);
    expect(signalling.phase).toBe("waiting");
    passes(1);
    expect(Socket.made).toHaveLength(2);
  });

  it("is connected again without waiting", () => {
    newest().onclose?.();
    expect(signalling.phase).toBe("waiting");
    page.dispatchEvent(new Event("online"));
    expect(Socket.made).toHaveLength(2);
  });
});

describe("outside", () => {
  beforeEach(() => {
    newest().onclose?.();
    passes(1);
    newest().onopen?.();
    newest().hear("waiting");
  });

  it("nothing is said but that one is still there, or goes", () => {
    expect(signalling.phase).toBe("held");
    expect(signalling.send({ type: "set_mic", on: true })).toBe(false);
    passes(5);
    expect(newest().sent.at(-1)?.type).toBe("ping");
    expect(signalling.send({ type: "leave" })).toBe(true);
  });

  it("it waits for as long as the line lives, and says hello again when it is let in", () => {
    for (let beat = 0; beat < 10; beat++) {
      passes(5);
      newest().hear("pong");
    }
    expect(signalling.phase).toBe("held");
    newest().hear("admitted");
    expect(newest().sent.at(-1)?.type).toBe("hello");
    newest().hear("welcome");
    expect(signalling.phase).toBe("joined");
  });

  it("a hello that nobody answers is a line that is down", () => {
    newest().hear("admitted");
    passes(6.1);
    expect(signalling.phase).toBe("waiting");
  });
});
