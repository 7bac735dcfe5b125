import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Share, type ShareEnd } from "./share";

class Track {
  live = true;
  contentHint = "";
  onended: (() => void) | null = null;

  stop(): void {
    this.live = false;
  }
}

let picture: Track;
let sound: Track;
let ends: ShareEnd[];
let share: Share;
/** The person's answer to the browser's question. */
let answer: () => void;
let refuse: (error: DOMException) => void;

beforeEach(() => {
  [picture, sound, ends] = [new Track(), new Track(), []];
  const stream = { getVideoTracks: () => [picture], getAudioTracks: () => [sound] };
  const getDisplayMedia = () =>
    new Promise((resolve, reject) => {
      answer = () => resolve(stream);
      refuse = reject;
    });
  vi.stubGlobal("navigator", { mediaDevices: { getDisplayMedia } });
  share = new Share((why) => ends.push(why));
});

afterEach(() => vi.unstubAllGlobals());

async function started(): Promise<void> {
  const done = share.start();
  answer();
  await done;
}

const live = () => [picture.live, sound.live];

describe("a shared screen", () => {
  it("is sharp, comes with its sound, and goes with both", async () => {
    await started();
    expect([share.picture.value, share.sound.value]).toEqual([picture, sound]);
    expect(picture.contentHint).toBe("detail");
    share.stop();
    expect([share.picture.value, share.sound.value, ...live()]).toEqual([null, null, false, false]);
    expect(ends).toEqual([]);
  });

  it("ends by the browser's own button", async () => {
    await started();
    picture.onended?.();
    expect([share.picture.value, ...live()]).toEqual([null, false, false]);
    expect(ends).toEqual([]);
  });

  it("goes on in silence when only its sound ends", async () => {
    await started();
    sound.onended?.();
    expect([share.picture.value, share.sound.value]).toEqual([picture, null]);
  });

  it("is nothing after a change of mind, and says when the system refused", async () => {
    let done = share.start();
    refuse(new DOMException("Permission denied by user", "NotAllowedError"));
    await done;
    expect([share.picture.value, ...ends]).toEqual([null]);
    done = share.start();
    refuse(new DOMException("Permission denied by system", "NotAllowedError"));
    await done;
    expect(ends).toEqual(["failed"]);
  });

  it("is given up when somebody else shares", async () => {
    await started();
    share.refused();
    expect([share.picture.value, ...live()]).toEqual([null, false, false]);
    expect(ends).toEqual(["taken"]);
  });

  it("is taken away only after it was granted", async () => {
    await started();
    share.heard(false);
    expect(share.picture.value).toBe(picture);
    share.heard(true);
    share.heard(false);
    expect([share.picture.value, ...live()]).toEqual([null, false, false]);
    expect(ends).toEqual(["ended"]);
  });

  it("outlives a lost line: the room has forgotten it and is asked again", async () => {
    await started();
    share.heard(true);
    share.welcomed();
    share.heard(false);
    expect(share.picture.value).toBe(picture);
  });

  it("is not shared by whoever left while the browser asked", async () => {
    const done = share.start();
    share.close();
    answer();
    await done;
    expect([share.picture.value, ...live()]).toEqual([null, false, false]);
  });
});
