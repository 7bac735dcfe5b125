/**
 * One peer connection with the m-sections of media/ports.py's `SlotPlan`, in its order, for its whole life: the four
 * uplinks, the voice slots, the slot for screen sound, the camera slots, the screen slot. Nobody's coming or going
 * changes them; what fills a slot is said over the socket.
 */

import type { IceServer, Plan } from "../protocol/messages";
import { LAYERS, type Limit, type Picture } from "./layers";
import { offerAudioNack } from "./sdp";
import { Sender } from "./sender";

/** In the order of their m-sections. */
export const UPLINKS = ["mic", "camera", "screen", "screen_audio"] as const;
export type Uplink = (typeof UPLINKS)[number];

export interface ConnectionPorts {
  up(): void;
  down(): void;
  failed(): void;
}

/** Only what the server forwards, which also keeps an offer of two dozen sections far below its size limit. */
const FORWARDED = { audio: ["audio/opus"], video: ["video/vp8", "video/rtx"] };

/**
 * Milliseconds that sound waits before it is played: long enough for a lost packet to be asked for and sent again. A
 * camera in the same media stream waits with it, so lips and words stay together.
 */
const WAIT_MS = 100;

function codecs(kind: "audio" | "video"): RTCRtpCodec[] {
  const known = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  return known.filter((codec) => FORWARDED[kind].includes(codec.mimeType.toLowerCase()));
}

export class Connection {
  readonly rtc: RTCPeerConnection;
  /** Sound slots in the order of their m-sections; the last one is screen sound. */
  readonly sounds: readonly MediaStreamTrack[];
  private readonly uplinks: Record<Uplink, Sender>;
  private readonly slots: readonly RTCRtpTransceiver[];

  constructor(plan: Plan, iceServers: readonly IceServer[], ports: ConnectionPorts) {
    this.rtc = new RTCPeerConnection({
      bundlePolicy: "max-bundle",
      rtcpMuxPolicy: "require",
      iceServers: [...iceServers],
    });
    const [local, shared] = [new MediaStream(), new MediaStream()];
    this.uplinks = {
      mic: this.sound(local),
      camera: this.picture(local, "camera"),
      screen: this.picture(shared, "screen"),
      screen_audio: this.sound(shared),
    };
    const sounds = this.receive("audio", plan.voices + 1);
    const pictures = this.receive("video", plan.cameras + 1);
    this.slots = [...sounds, ...pictures];
    this.sounds = sounds.map((each) => each.receiver.track);
    for (const each of sounds) each.receiver.jitterBufferTarget = WAIT_MS;
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
    for (const uplink of UPLINKS) void this.uplinks[uplink].settle();
  }

  /** Send `track`, or nothing at all. Rejects when the connection cannot. */
  async send(uplink: Uplink, track: MediaStreamTrack | null): Promise<void> {
    if (this.rtc.signalingState !== "closed") await this.uplinks[uplink].replace(track);
  }

  restrict(picture: Picture, limit: Limit): void {
    void this.uplinks[picture].restrict(limit);
  }

  /** Relays to use from the next ICE restart on: their credentials do not last as long as a meeting. */
  relays(iceServers: readonly IceServer[]): void {
    if (this.rtc.signalingState === "closed") return;
    this.rtc.setConfiguration({ ...this.rtc.getConfiguration(), iceServers: [...iceServers] });
  }

  /** A number that grows as long as anything arrives: payload, reports, or answers to our own checks. */
  async arrived(): Promise<number> {
    let sum = 0;
    (await this.rtc.getStats()).forEach((row) => {
      if (row.type === "candidate-pair") sum += (row.bytesReceived ?? 0) + (row.responsesReceived ?? 0);
    });
    return sum;
  }

  receiver(mid: string): RTCRtpReceiver | undefined {
    return this.slots.find((slot) => slot.mid === mid)?.receiver;
  }

  close(): void {
    this.rtc.onconnectionstatechange = null;
    this.rtc.oniceconnectionstatechange = null;
    this.rtc.close();
  }

  private sound(stream: MediaStream): Sender {
    const made = this.rtc.addTransceiver("audio", { direction: "sendonly", streams: [stream] });
    return new Sender(made.sender, null);
  }

  private picture(stream: MediaStream, picture: Picture): Sender {
    const sendEncodings = LAYERS[picture].map((each) => ({ ...each }));
    const made = this.rtc.addTransceiver("video", {
      direction: "sendonly",
      streams: [stream],
      sendEncodings,
    });
    return new Sender(made.sender, picture);
  }

  private receive(kind: "audio" | "video", count: number): RTCRtpTransceiver[] {
    return Array.from({ length: count }, () => this.rtc.addTransceiver(kind, { direction: "recvonly" }));
  }

  private limitCodecs(): void {
    const kept = { audio: codecs("audio"), video: codecs("video") };
    for (const each of this.rtc.getTransceivers()) {
      const kind = each.receiver.track.kind as "audio" | "video";
      if (kept[kind].length > 0) each.setCodecPreferences(kept[kind]);
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
