import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Uplink } from "../media/connection";
import { Path } from "./path";

const PLAN = { voices: 3, cameras: 16 };
const RELAY = { urls: ["turn:turn.rakor.test"], username: "u", credential: "c" };

/** A browser's connection: what was asked of it, and what it answers by hand. */
class Rtc {
  static made: Rtc[] = [];
  connectionState = "new";
  iceConnectionState = "new";
  signalingState = "stable";
  onconnectionstatechange: (() => void) | null = null;
  /** What has arrived since the beginning. */
  bytes = 0;
  /** What every `replaceTrack` of this connection waits for. */
  sending = Promise.resolve();
  encodings: RTCRtpEncodingParameters[][] = [];
  private readonly transceivers: object[] = [];

  constructor(public configuration: RTCConfiguration) {
    if (configuration.iceServers?.some((each) => each.urls.includes("bad")))
      throw new SyntaxError("bad relay");
    Rtc.made.push(this);
  }

  addTransceiver(kind: string, init: RTCRtpTransceiverInit): object {
    const index = this.encodings.push(init.sendEncodings ?? []) - 1;
    const sender = {
      replaceTrack: () => this.sending,
      getParameters: () => ({ encodings: this.encodings[index] }),
      setParameters: async (next: { encodings: RTCRtpEncodingParameters[] }) => {
        this.encodings[index] = next.encodings;
      },
    };
    const made = { receiver: { track: { kind } }, sender };
    this.transceivers.push(made);
    return made;
  }

  getTransceivers = () => this.transceivers;
  getStats = async () => [{ type: "candidate-pair", bytesReceived: this.bytes, responsesReceived: 0 }];
  getConfiguration = () => this.configuration;
  setConfiguration = (next: RTCConfiguration) => {
    this.configuration = next;
  };
  createOffer = async ({ iceRestart }: RTCOfferOptions) => ({ sdp: iceRestart ? "restart" : "new" });
  setLocalDescription = async () => {};
  setRemoteDescription = async () => {};

  become(state: string): void {
    this.connectionState = this.iceConnectionState = state;
    this.onconnectionstatechange?.();
  }

  close(): void {
    this.connectionState = this.signalingState = "closed";
  }
}

let path: Path;
let offers: { id: number; sdp: string; peer: string | null }[];
let asked: Uplink[];
let reachable: boolean;
let doubts: number;
const newest = () => Rtc.made.at(-1) as Rtc;
const passes = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);
const layers = () => newest().encodings[1]?.map((each) => each.active);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", globalThis);
  vi.stubGlobal("RTCPeerConnection", Rtc);
  vi.stubGlobal("RTCRtpReceiver", { getCapabilities: () => null });
  vi.stubGlobal("MediaStream", class {});
  [Rtc.made, offers, asked, reachable, doubts] = [[], [], [], true, 0];
  path = new Path({
    offer: (id, sdp, peer) => {
      if (reachable) offers.push({ id, sdp, peer });
      return reachable;
    },
    track: (uplink) => {
      asked.push(uplink);
      return null;
    },
    doubt: () => {
      doubts++;
    },
    reachable: () => reachable,
  });
});

afterEach(() => {
  path.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function flowing(): Promise<void> {
  path.resume(PLAN, [RELAY], false);
  await passes(0);
  await path.answered(offers.at(-1)?.id ?? 0, "one", "v=0");
  newest().become("connected");
}

describe("a new connection", () => {
  it("takes everything along that is sent", async () => {
    await flowing();
    expect(asked).toEqual(["mic", "camera", "screen", "screen_audio"]);
  });

  it("is offered once, however soon the next one follows", async () => {
    path.resume(PLAN, [], false);
    path.resume(PLAN, [], false);
    path.resume(PLAN, [], false);
    await passes(1);
    expect(Rtc.made).toHaveLength(3);
    expect(offers.map((each) => each.sdp)).toEqual(["new"]);
    expect(newest().signalingState).toBe("stable");
  });

  it("that cannot send is replaced after a pause", async () => {
    path.resume(PLAN, [], false);
    newest().sending = Promise.reject(new DOMException("broken", "InvalidStateError"));
    await passes(0);
    expect(path.health.value).toBe("pausing");
    await passes(2);
    expect(offers).toHaveLength(1);
    expect(path.health.value).toBe("offering");
  });

  it("that the browser does not even make is tried again", async () => {
    path.resume(PLAN, [{ ...RELAY, urls: ["bad"] }], false);
    await passes(0);
    expect(path.health.value).toBe("pausing");
    path.resume(PLAN, [RELAY], false);
    await passes(0);
    expect(offers).toHaveLength(1);
  });

  it("takes the place of one that no longer takes a track", async () => {
    await flowing();
    newest().sending = Promise.reject(new DOMException("broken", "InvalidStateError"));
    await path.replace("mic", null);
    expect(Rtc.made).toHaveLength(2);
  });
});

describe("a look at the path", () => {
  it("does nothing while something arrives", async () => {
    await flowing();
    void path.look();
    await passes(0.5);
    newest().bytes += 100;
    await passes(2);
    expect([path.health.value, offers.length, doubts]).toEqual(["flowing", 1, 0]);
  });

  it("restarts ICE when nothing arrives, and sees by itself that it helped", async () => {
    await flowing();
    void path.look();
    await passes(2);
    expect(offers.at(-1)).toMatchObject({ sdp: "restart", peer: "one" });
    expect(doubts).toBe(1);
    await path.answered(offers.at(-1)?.id ?? 0, "one", "v=0");
    await passes(1);
    newest().bytes += 100;
    await passes(2);
    expect(path.health.value).toBe("flowing");
    expect(path.made).toEqual({ connections: 1, restarts: 1 });
  });

  it("comes by itself when nothing has arrived for three seconds", async () => {
    await flowing();
    for (let second = 0; second < 10; second++) {
      newest().bytes += 100;
      await passes(1);
    }
    expect(offers).toHaveLength(1);
    await passes(5);
    expect(offers.at(-1)).toMatchObject({ sdp: "restart", peer: "one" });
    expect(doubts).toBeGreaterThan(0);
  });

  it("asks for the restart again when the socket had been gone, too", async () => {
    await flowing();
    reachable = false;
    void path.look();
    await passes(2);
    expect(offers).toHaveLength(1);
    await passes(20);
    reachable = true;
    path.resume(PLAN, [], true);
    await passes(0);
    expect(offers.at(-1)).toMatchObject({ sdp: "restart", peer: "one" });
    expect(Rtc.made).toHaveLength(1);
  });

  it("is for a path only, and says nothing of the next one", async () => {
    path.resume(PLAN, [], false);
    await path.look();
    await passes(1);
    await path.answered(offers.at(-1)?.id ?? 0, "one", "v=0");
    newest().become("connected");
    void path.look();
    await passes(1);
    path.lost("one");
    await passes(1);
    expect(path.health.value).toBe("offering");
  });
});

describe("a connection", () => {
  it("is made with the relays of the welcome, and kept with fresh ones", async () => {
    await flowing();
    expect(newest().configuration.iceServers).toEqual([RELAY]);
    const fresh = { ...RELAY, credential: "fresh" };
    path.resume(PLAN, [fresh], true);
    expect(newest().configuration).toMatchObject({ iceServers: [fresh], bundlePolicy: "max-bundle" });
  });

  it("sends the layers that somebody watches", async () => {
    await flowing();
    path.wanted("camera", [true, false, false]);
    await passes(0);
    expect(layers()).toEqual([true, false, false]);
  });

  it("passes over what was wanted of the one before it", async () => {
    await flowing();
    path.resume(PLAN, [], false);
    path.wanted("camera", [false, false, false]);
    await path.answered(offers.at(-1)?.id ?? 0, "two", "v=0");
    await passes(0);
    expect(layers()).toEqual([true, true, true]);
  });

  it("begins with every layer, but remembers that the person saves data", async () => {
    await flowing();
    path.wanted("camera", [false, false, false]);
    path.lost("one");
    await passes(0);
    await path.answered(offers.at(-1)?.id ?? 0, "two", "v=0");
    await passes(0);
    expect(layers()).toEqual([true, true, true]);
    path.save(true);
    path.lost("two");
    await passes(0);
    expect(layers()).toEqual([true, false, false]);
  });
});
