import { expect, it } from "vitest";
import { offerAudioNack } from "./sdp";

const OFFER = [
  "v=0",
  "m=audio 9 UDP/TLS/RTP/SAVPF 111",
  "a=rtpmap:111 opus/48000/2",
  "a=rtcp-fb:111 transport-cc",
  "m=video 9 UDP/TLS/RTP/SAVPF 96",
  "a=rtpmap:96 VP8/90000",
  "a=rtcp-fb:96 nack",
  "",
].join("\r\n");

it("asks for retransmission of Opus, and touches nothing else", () => {
  const changed = offerAudioNack(OFFER);
  expect(changed).toContain("a=rtpmap:111 opus/48000/2\r\na=rtcp-fb:111 nack\r\n");
  expect(changed.replace("a=rtcp-fb:111 nack\r\n", "")).toBe(OFFER);
});

it("does not say it twice where a browser says it by itself", () => {
  const once = offerAudioNack(OFFER);
  expect(offerAudioNack(once)).toBe(once);
});
