import { describe, expect, it } from "vitest";
import { LAYERS } from "./layers";
import { type RtpSender, Sender } from "./sender";

/** A browser's sender that takes only the parameters it gave out last, as the specification wants it. */
class Rtp implements RtpSender {
  encodings: RTCRtpEncodingParameters[] = LAYERS.camera.map((each) => ({ ...each, active: true }));
  tracks: (MediaStreamTrack | null)[] = [];
  /** What the next change fails with. */
  error: string | null = null;
  private turns = 0;
  private given = "";

  getParameters(): RTCRtpSendParameters {
    this.given = `${++this.turns}`;
    const { given: transactionId, encodings } = this;
    return { transactionId, encodings, codecs: [], headerExtensions: [], rtcp: {} };
  }

  async setParameters(parameters: RTCRtpSendParameters): Promise<void> {
    const taken = parameters.transactionId === this.given;
    await Promise.resolve();
    if (!taken || this.error) throw new DOMException("stale", this.error ?? "InvalidModificationError");
    this.given = "";
    this.encodings = parameters.encodings;
  }

  async replaceTrack(track: MediaStreamTrack | null): Promise<void> {
    if (this.error) throw new DOMException("closed", this.error);
    this.tracks.push(track);
  }
}

const on = (rtp: Rtp) => rtp.encodings.map((each) => each.active);
const track = {} as MediaStreamTrack;

describe("a sender", () => {
  it("makes one change after the other: the last one holds", async () => {
    const rtp = new Rtp();
    const sender = new Sender(rtp, "camera");
    await Promise.all([
      sender.restrict({ wanted: [false, false, false], saving: false }),
      sender.replace(track),
      sender.restrict({ wanted: [true, true, false], saving: false }),
    ]);
    expect(on(rtp)).toEqual([true, true, false]);
    expect(rtp.tracks).toEqual([track]);
  });

  it("survives a refused change, and makes it good after the next negotiation", async () => {
    const rtp = new Rtp();
    const sender = new Sender(rtp, "camera");
    rtp.error = "InvalidStateError";
    await sender.restrict({ wanted: [true, false, false], saving: false });
    expect(on(rtp)).toEqual([true, true, true]);
    rtp.error = null;
    await sender.settle();
    expect(on(rtp)).toEqual([true, false, false]);
  });

  it("says when a track cannot be sent, and goes on", async () => {
    const rtp = new Rtp();
    const sender = new Sender(rtp, "camera");
    rtp.error = "InvalidStateError";
    await expect(sender.replace(track)).rejects.toThrow("closed");
    rtp.error = null;
    await sender.replace(null);
    expect(rtp.tracks).toEqual([null]);
  });

  it("leaves sound alone", async () => {
    const rtp = new Rtp();
    rtp.encodings = [{ active: true }];
    await new Sender(rtp, null).restrict({ wanted: [false], saving: true });
    expect(rtp.encodings).toEqual([{ active: true }]);
  });
});
