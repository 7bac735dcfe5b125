/**
 * One peer connection with the m-sections of media/ports.py's `SlotPlan`, in its order, for its whole life: the four
 * uplinks, the voice slots, the slot for screen sound, the camera slots, the screen slot. Nobody's coming or going
 * changes them; what fills a slot is said over the socket.
 */

import type { Plan } from "../protocol/messages";
import { offerAudioNack } from "./sdp";

const CAMERA_BITRATE = 250_000;
const CAMERA_FRAMES = 15;

export type Uplink = "mic" | "camera";

export interface ConnectionPorts {
  up(): void;
  down(): void;
  failed(): void;
}

/** Only what the server forwards, which also keeps an offer of two dozen sections far below its size limit. */
function only(kind: "audio" | "video", mime: string): RTCRtpCodec[] {
  const codecs = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  return codecs.filter((codec) => codec.mimeType.toLowerCase() === mime);
}

export class Connection {
  readonly rtc: RTCPeerConnection;
  /** Sound slots in the order of their m-sections; the last one is screen sound. */
  readonly sounds: readonly MediaStreamTrack[];
  private readonly uplinks: Record<Uplink, RTCRtpTransceiver>;
  private readonly slots: readonly RTCRtpTransceiver[];

  constructor(plan: Plan, ports: ConnectionPorts) {
    this.rtc = new RTCPeerConnection({ bundlePolicy: "max-bundle", rtcpMuxPolicy: "require" });
    const local = new MediaStream();
    const mic = this.rtc.addTransceiver("audio", { direction: "sendonly", streams: [local] });
    const encoding = { maxBitrate: CAMERA_BITRATE, maxFramerate: CAMERA_FRAMES };
    const camera = this.rtc.addTransceiver("video", {
      direction: "sendonly",
      streams: [local],
      sendEncodings: [encoding],
    });
    this.uplinks = { mic, camera };
    const shared = new MediaStream();
    this.rtc.addTransceiver("video", { direction: "sendonly", streams: [shared] });
    this.rtc.addTransceiver("audio", { direction: "sendonly", streams: [shared] });
    const sounds = this.receive("audio", plan.voices + 1);
    const pictures = this.receive("video", plan.cameras + 1);
    this.slots = [...sounds, ...pictures];
    this.sounds = sounds.map((each) => each.receiver.track);
    this.limitCodecs();
    this.watch(ports);
  }

  /** An offer to send; with `restart` one with new ICE credentials on the same connection. */
  async offer(restart = false): Promise<string> {
    const offer = await this.rtc.createOffer({ iceRestart: restart });
    const sdp = offerAudioNack(offer.sdp ?? "");
    await this.rtc.setLocalDescription({ type: "offer", sdp });
    return sdp;
  }

  async accept(sdp: string): Promise<void> {
    await this.rtc.setRemoteDescription({ type: "answer", sdp });
  }

  /** Send `track`, or nothing at all. */
  async send(uplink: Uplink, track: MediaStreamTrack | null): Promise<void> {
    if (this.rtc.signalingState !== "closed") await this.uplinks[uplink].sender.replaceTrack(track);
  }

  receiver(mid: string): RTCRtpReceiver | undefined {
    return this.slots.find((slot) => slot.mid === mid)?.receiver;
  }

  close(): void {
    this.rtc.onconnectionstatechange = null;
    this.rtc.oniceconnectionstatechange = null;
    this.rtc.close();
  }

  private receive(kind: "audio" | "video", count: number): RTCRtpTransceiver[] {
    return Array.from({ length: count }, () => this.rtc.addTransceiver(kind, { direction: "recvonly" }));
  }

  private limitCodecs(): void {
    const codecs = { audio: only("audio", "audio/opus"), video: only("video", "video/vp8") };
    for (const each of this.rtc.getTransceivers()) {
      const kind = each.receiver.track.kind as "audio" | "video";
      if (codecs[kind].length > 0) each.setCodecPreferences(codecs[kind]);
    }
  }

  private watch(ports: ConnectionPorts): void {
    const look = () => {
      const { connectionState, iceConnectionState } = this.rtc;
      if (connectionState === "failed" || iceConnectionState === "failed") ports.failed();
      else if (iceConnectionState === "disconnected") ports.down();
      else if (connectionState === "connected") ports.up();
    };
    this.rtc.onconnectionstatechange = look;
    this.rtc.oniceconnectionstatechange = look;
  }
}
