import { describe, expect, it } from "vitest";
import { diagnose, type Row } from "./diagnostics";

const COUNTED = { shown: { s2: 12 }, screens: { s3: 4 } };
const route = (rows: Row[]) => diagnose(rows, [], COUNTED).route;

const PAIR = { type: "candidate-pair", id: "P", localCandidateId: "L", remoteCandidateId: "R" };
const LOCAL = {
  type: "local-candidate",
  id: "L",
  candidateType: "host",
  protocol: "udp",
  address: "a1.local",
};
const REMOTE = { type: "remote-candidate", id: "R", address: "192.0.2.7" };

describe("diagnostics", () => {
  it("puts the seat beside what its slot received, and the server's report beside what was sent", () => {
    const rows = [
      { type: "inbound-rtp", id: "I1", mid: "4", kind: "audio", packetsReceived: 90, packetsLost: 1 },
      { type: "inbound-rtp", id: "I2", mid: "8", kind: "video", framesDecoded: 30, frameHeight: 270 },
      { type: "outbound-rtp", id: "O1", mid: "0", kind: "audio", packetsSent: 100 },
      {
        type: "outbound-rtp",
        id: "O2",
        mid: "1",
        kind: "video",
        rid: "q",
        active: false,
        targetBitrate: 8e4,
      },
      { type: "remote-inbound-rtp", id: "R1", localId: "O1", packetsLost: 3, roundTripTime: 0.02 },
      { type: "codec", id: "C" },
    ];
    const slot = { mid: "8", kind: "camera", seat: "s2", csrc: 9, paused: false } as const;
    const found = diagnose(rows, [slot], COUNTED);
    expect(found.inbound).toMatchObject([
      { mid: "4", seat: null, packetsReceived: 90, packetsLost: 1, framesDecoded: 0 },
      { mid: "8", seat: "s2", framesDecoded: 30, frameHeight: 270 },
    ]);
    expect(found.outbound).toMatchObject([
      { mid: "0", rid: null, active: true, packetsSent: 100, packetsLost: 3, roundTripTime: 0.02 },
      { mid: "1", rid: "q", active: false, targetBitrate: 80_000, packetsLost: 0 },
    ]);
    expect(found).toMatchObject(COUNTED);
  });

  it("names the way in use as Chromium and as Firefox tell it", () => {
    const seen = { candidateType: "host", protocol: "udp", relayProtocol: null, family: "ipv4" };
    const chosen = { type: "transport", id: "T", selectedCandidatePairId: "P" };
    expect(route([LOCAL, REMOTE, PAIR, chosen])).toMatchObject(seen);
    expect(route([LOCAL, REMOTE, { ...PAIR, selected: true }])).toMatchObject(seen);
    expect(route([LOCAL, REMOTE, PAIR])).toBeNull();
  });

  it("names the relay and the family", () => {
    const relay = { ...LOCAL, candidateType: "relay", relayProtocol: "tls", address: "2001:db8::5" };
    const rows = [relay, { ...PAIR, selected: true }];
    expect(route(rows)).toMatchObject({ candidateType: "relay", relayProtocol: "tls", family: "ipv6" });
  });
});
