import { expect, it } from "vitest";
import { diagnose } from "./diagnostics";

it("puts the seat beside what its slot received, and the server's report beside what was sent", () => {
  const rows = [
    { type: "inbound-rtp", id: "I1", mid: "4", kind: "audio", packetsReceived: 90, packetsLost: 1 },
    { type: "inbound-rtp", id: "I2", mid: "8", kind: "video", framesDecoded: 30 },
    { type: "outbound-rtp", id: "O1", mid: "0", kind: "audio", packetsSent: 100 },
    { type: "remote-inbound-rtp", id: "R1", localId: "O1", packetsLost: 3, roundTripTime: 0.02 },
    { type: "codec", id: "C" },
  ];
  const found = diagnose(rows, [{ mid: "8", kind: "camera", seat: "s2", csrc: 9 }], { s2: 12 });
  expect(found.inbound).toMatchObject([
    { mid: "4", seat: null, packetsReceived: 90, packetsLost: 1, framesDecoded: 0 },
    { mid: "8", seat: "s2", framesDecoded: 30 },
  ]);
  expect(found.outbound).toMatchObject([{ mid: "0", packetsSent: 100, packetsLost: 3, roundTripTime: 0.02 }]);
  expect(found.shown).toEqual({ s2: 12 });
});
