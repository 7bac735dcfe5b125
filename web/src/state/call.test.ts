import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FromPage, Offer, Participant, ToPage } from "../protocol/messages";
import { Call } from "./call";
import { Local } from "./local";

/** A browser's connection whose state is set by hand. */
class Rtc {
  static made: Rtc[] = [];
  connectionState = "new";
  iceConnectionState = "new";
  signalingState = "stable";
  onconnectionstatechange: (() => void) | null = null;
  /** What taking the answer waits for. */
  accepting = Promise.resolve();
  private readonly transceivers: object[] = [];

  constructor() {
    Rtc.made.push(this);
  }

  addTransceiver(kind: string): object {
    const made = { receiver: { track: { kind } }, sender: { replaceTrack: async () => {} } };
    this.transceivers.push(made);
    return made;
  }

  getTransceivers = () => this.transceivers;
  getConfiguration = () => ({});
  setConfiguration = () => {};
  createOffer = async () => ({ sdp: "v=0" });
  setLocalDescription = async () => {};
  setRemoteDescription = () => this.accepting;

  become(state: string): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  close(): void {
    this.connectionState = this.signalingState = "closed";
  }
}

/** The server's end of the page's newest socket. */
class Socket {
  static readonly OPEN = 1;
  static last: Socket;
  readonly readyState = Socket.OPEN;
  readonly sent: FromPage[] = [];
  onopen?: () => void;
  onclose?: () => void;
  onmessage?: (event: { data: string }) => void;

  constructor() {
    Socket.last = this;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {}
}

const PERSON: Participant = {
  seat: "me",
  name: "Maria Tandilangi",
  position: "Anggota",
  office: "KPU Kaltara",
  office_id: "kpuri",
  role: "participant",
  shared: false,
  mic: false,
  camera: false,
  screen: false,
  away: false,
  recorded: true,
  company: [],
};

const says = (message: ToPage) => Socket.last.onmessage?.({ data: JSON.stringify(message) });
const passes = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);
const offers = () => Socket.last.sent.filter((each): each is Offer => each.type === "offer");
const newest = () => Rtc.made[Rtc.made.length - 1] as Rtc;

async function welcome(kept: boolean): Promise<void> {
  Socket.last.onopen?.();
  says({
    type: "welcome",
    version: 1,
    seat: "me",
    media_kept: kept,
    meeting: { id: "m", title: "Rapat", zone: "Asia/Jakarta", offices: [] },
    elapsed: 0,
    plan: { voices: 3, cameras: 16 },
    participants: [],
    captions: [],
    drafts: [],
    ice_servers: [],
  });
  await passes(0);
}

async function answer(peer: string): Promise<void> {
  says({ type: "answer", id: offers().at(-1)?.id ?? 0, peer, sdp: "v=0" });
  await passes(0);
}

/** The socket drops and is back at once. */
async function blink(kept: boolean): Promise<void> {
  Socket.last.onclose?.();
  await passes(0.4);
  await welcome(kept);
}

let call: Call;
const health = () => call.path.health.value;

beforeEach(async () => {
  vi.useFakeTimers();
  const page = { addEventListener() {}, removeEventListener() {} };
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("document", { ...page, visibilityState: "visible" });
  for (const [name, made] of Object.entries(page)) vi.stubGlobal(name, made);
  vi.stubGlobal("sessionStorage", { getItem: () => null, setItem() {}, removeItem() {} });
  vi.stubGlobal("localStorage", { getItem: () => null, setItem() {} });
  vi.stubGlobal("devicePixelRatio", 1);
  vi.stubGlobal("WebSocket", Socket);
  vi.stubGlobal("RTCPeerConnection", Rtc);
  vi.stubGlobal("RTCRtpReceiver", { getCapabilities: () => null });
  vi.stubGlobal("MediaStream", class {});
  Rtc.made = [];
  call = new Call({ meeting: "m", shared: false, recorded: true }, new Local(), "https://rakor.test");
  call.enter();
  await welcome(false);
});

afterEach(() => {
  call.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("the media path", () => {
  it("keeps a connection that comes up in the pause", async () => {
    await answer("one");
    await blink(true);
    expect(health()).toBe("pausing");
    newest().become("connected");
    expect(health()).toBe("flowing");
    await passes(10);
    expect(Rtc.made).toHaveLength(1);
    expect(newest().connectionState).toBe("connected");
  });

  it("takes an answer that comes just too late", async () => {
    await passes(8);
    expect(health()).toBe("pausing");
    await answer("one");
    // Longer than the pause would have been: a handshake has its time.
    await passes(3);
    newest().become("connected");
    expect(health()).toBe("flowing");
    expect(Rtc.made).toHaveLength(1);
  });

  it("goes on when the server has lost a connection already replaced", async () => {
    await answer("one");
    await passes(11);
    expect(health()).toBe("offering");
    says({ type: "media_lost", peer: "one", reason: "dtls" });
    expect(health()).toBe("offering");
    await answer("two");
    says({ type: "slots", slots: [{ mid: "8", kind: "camera", seat: "a", csrc: 7, paused: false }] });
    says({ type: "media_lost", peer: "one", reason: "dtls" });
    expect(health()).toBe("connecting");
    expect(call.room.value.slots).toHaveLength(1);
    newest().become("connected");
    expect(health()).toBe("flowing");
    expect(Rtc.made).toHaveLength(2);
  });

  it("replaces a connection that the server has lost", async () => {
    await answer("one");
    newest().become("connected");
    says({ type: "slots", slots: [{ mid: "8", kind: "camera", seat: "a", csrc: 7, paused: false }] });
    says({ type: "media_lost", peer: "one", reason: "consent" });
    await passes(0);
    expect(health()).toBe("offering");
    expect(call.room.value.slots).toHaveLength(0);
    expect(offers().map((each) => each.peer)).toEqual([null, null]);
  });

  it("pauses when the server has lost it before it flowed, and lets go of it", async () => {
    await answer("one");
    says({ type: "media_lost", peer: "one", reason: "dtls" });
    expect(health()).toBe("pausing");
    newest().become("connected");
    expect(health()).toBe("pausing");
    await passes(1);
    expect(health()).toBe("offering");
  });

  it("does not give an old offer's answer to a new connection", async () => {
    await passes(8);
    vi.advanceTimersByTime(700); // the new connection is made, its offer is not yet
    says({ type: "answer", id: offers()[0]?.id ?? 0, peer: "one", sdp: "v=0" });
    await passes(0);
    expect(Rtc.made).toHaveLength(2);
    expect(health()).toBe("offering");
    expect(call.path.peer).toBeNull();
  });

  it("does not blame a new connection for an old one's answer", async () => {
    let fail = (_: Error) => {};
    newest().accepting = new Promise((_, reject) => {
      fail = reject;
    });
    await answer("one");
    await blink(false);
    expect(Rtc.made).toHaveLength(2);
    fail(new Error("closed"));
    await passes(0);
    expect(health()).toBe("offering");
  });
});

describe("a shared screen", () => {
  const track = { stop: vi.fn(), onended: null, contentHint: "" };
  const stream = { getVideoTracks: () => [track], getAudioTracks: () => [] };
  const said = () => Socket.last.sent.filter((each) => each.type === "set_screen").map((each) => each.on);
  const mine = (screen: boolean): ToPage => ({ type: "participant", participant: { ...PERSON, screen } });

  beforeEach(async () => {
    vi.stubGlobal("navigator", { mediaDevices: { getDisplayMedia: async () => stream } });
    track.stop.mockClear();
    await call.share.start();
  });

  it("is announced, and taken back", async () => {
    call.share.stop();
    expect(said()).toEqual([true, false]);
    expect(call.news.value).toBeNull();
  });

  it("is asked for again after a lost line, which ended it for the room", async () => {
    says(mine(true));
    await blink(true);
    says(mine(false));
    expect(said()).toEqual([true]);
    expect(track.stop).not.toHaveBeenCalled();
  });

  it("stops where somebody else shares, and when it is taken over", async () => {
    says({ type: "failure", code: "screen_taken", detail: "", fatal: false, id: null });
    expect([track.stop.mock.calls.length, call.news.value]).toEqual([1, { what: "share", end: "taken" }]);
    await call.share.start();
    says(mine(true));
    says(mine(false));
    expect([track.stop.mock.calls.length, call.news.value]).toEqual([2, { what: "share", end: "ended" }]);
  });
});

describe("what the page wants to see", () => {
  const watches = () => Socket.last.sent.filter((each) => each.type === "watch");

  it("is said at every welcome, and when it changes", async () => {
    expect(watches()).toMatchObject([{ mode: "full", shown: null }]);
    call.view.setMode("saving");
    await passes(1);
    expect(watches().at(-1)).toMatchObject({ mode: "saving" });
    await blink(true);
    expect(watches()).toMatchObject([{ mode: "saving" }]);
  });

  it("forgets who was pinned and has left", async () => {
    call.view.pin("a");
    says({ type: "left", seat: "a" });
    await passes(1);
    expect(watches().at(-1)?.pinned).toEqual([]);
  });
});
