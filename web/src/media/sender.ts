/** One uplink: what it sends and in which layers. Its changes wait for each other. */

import { type Limit, limited, type Picture, UNLIMITED } from "./layers";

/** What is used of `RTCRtpSender`. */
export type RtpSender = Pick<RTCRtpSender, "replaceTrack" | "getParameters" | "setParameters">;

export class Sender {
  private limit: Limit = UNLIMITED;
  private last: Promise<void> = Promise.resolve();

  /** `picture`: null for sound, which has one encoding. */
  constructor(
    private readonly rtp: RtpSender,
    private readonly picture: Picture | null,
  ) {}

  /** Send `track`, or nothing at all. Rejects when the connection cannot: it is closed, or broken. */
  replace(track: MediaStreamTrack | null): Promise<void> {
    return this.next(() => this.rtp.replaceTrack(track));
  }

  /** From now on, and over every change of the track. */
  restrict(limit: Limit): Promise<void> {
    this.limit = limit;
    return this.settle();
  }

  /** Put the limit in force: once more after a negotiation, which may have come between. Never rejects. */
  settle(): Promise<void> {
    return this.next(() => this.adjust()).catch(() => undefined);
  }

  /** `setParameters` takes only what the latest `getParameters` gave out: two at a time would spoil each other. */
  private next(act: () => Promise<void>): Promise<void> {
    const done = this.last.then(act);
    this.last = done.catch(() => undefined);
    return done;
  }

  private async adjust(): Promise<void> {
    const picture = this.picture;
    if (!picture) return;
    const parameters = this.rtp.getParameters();
    const encodings = limited(picture, parameters.encodings, this.limit);
    // Sizes are what layers are for. A browser that sends one layer alone would make it smaller when it is short of
    // bandwidth for a moment, and then take half a minute to come back; it is to send fewer frames instead. Chromium
    // knows `degradationPreference` (MST Content Hints, section 5); whoever does not passes it over.
    await this.rtp.setParameters({ ...parameters, degradationPreference: "maintain-resolution", encodings });
  }
}
