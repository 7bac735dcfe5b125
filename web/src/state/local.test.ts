import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Local } from "./local";

/** A track and whether its device's light is on. */
class Track {
  lit = true;
  onended: (() => void) | null = null;

  constructor(readonly id: string) {}

  stop(): void {
    this.lit = false;
  }
}

/** Devices behind a question that the person answers by hand, in the order asked or in any other. */
class Devices {
  readonly asked: { kind: "mic" | "camera"; id: string; answer(track: Track): void; refuse(): void }[] = [];

  addEventListener(): void {}
  removeEventListener(): void {}
  enumerateDevices = async () => [];

  getUserMedia(wish: MediaStreamConstraints): Promise<{ getTracks(): Track[] }> {
    const kind = wish.audio ? "mic" : "camera";
    const device = (wish.audio ?? wish.video) as { deviceId?: { ideal: string } };
    return new Promise((resolve, reject) => {
      this.asked.push({
        kind,
        id: device.deviceId?.ideal ?? "",
        answer: (track) => resolve({ getTracks: () => [track] }),
        refuse: () => reject(new DOMException("no", "NotAllowedError")),
      });
    });
  }
}

let devices: Devices;
let local: Local;

/** Let everything that can go on do so. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

async function answer(index: number): Promise<Track> {
  const track = new Track(`track-${index}`);
  devices.asked[index]?.answer(track);
  await settled();
  return track;
}

beforeEach(() => {
  devices = new Devices();
  vi.stubGlobal("navigator", { mediaDevices: devices });
  vi.stubGlobal("localStorage", { getItem: () => null, setItem() {} });
  local = new Local();
});

afterEach(() => vi.unstubAllGlobals());

describe("microphone and camera", () => {
  it("are asked for one after the other", async () => {
    const prepared = local.prepare();
    const mic = await answer(0);
    const camera = await answer(1);
    await prepared;
    expect(devices.asked.map((each) => each.kind)).toEqual(["mic", "camera"]);
    expect([local.mic.value, local.camera.value]).toEqual([mic, camera]);
    expect(local.asking.value).toBe(false);
  });

  it("stay open from page to page", async () => {
    void local.prepare();
    const mic = await answer(0);
    const before = local.prepare(); // the room's, while the camera is still being asked for
    const camera = await answer(1);
    await before;
    expect(devices.asked).toHaveLength(2);
    expect([local.mic.value, local.camera.value]).toEqual([mic, camera]);
    expect([mic.lit, camera.lit]).toEqual([true, true]);
  });

  it("are given back by whoever leaves while the browser still asks", async () => {
    const prepared = local.prepare();
    local.close();
    const mic = await answer(0);
    await prepared;
    expect(mic.lit).toBe(false);
    expect(local.mic.value).toBeNull();
    expect(devices.asked).toHaveLength(1); // nobody is there to be asked for the camera
    expect(local.asking.value).toBe(false);

    void local.setCamera(true);
    local.close();
    expect((await answer(1)).lit).toBe(false);
    expect(local.camera.value).toBeNull();
  });

  it("are asked for anew by whoever comes back", async () => {
    void local.prepare();
    local.close();
    const again = local.prepare();
    const late = await answer(0);
    expect(local.asking.value).toBe(true);
    const mic = await answer(1);
    await answer(2);
    await again;
    expect([late.lit, mic.lit]).toEqual([false, true]);
    expect(local.mic.value).toBe(mic);
  });

  it("are the ones chosen last, also while another is being opened", async () => {
    void local.choose("mic", "old");
    void local.choose("mic", "new");
    expect(devices.asked.map((each) => each.id)).toEqual(["old", "new"]);
    const chosen = await answer(1);
    const old = await answer(0);
    expect([old.lit, chosen.lit]).toEqual([false, true]);
    expect(local.mic.value).toBe(chosen);
  });

  it("follow a choice made while the camera is off", async () => {
    void local.setCamera(true);
    void local.setCamera(false);
    void local.choose("camera", "new");
    void local.setCamera(true);
    const old = await answer(0);
    const chosen = await answer(1);
    expect(devices.asked[1]?.id).toBe("new");
    expect([old.lit, chosen.lit]).toEqual([false, true]);
    expect(local.camera.value).toBe(chosen);
  });

  it("have no problem where nobody wants them any more", async () => {
    void local.choose("mic", "old");
    void local.choose("mic", "new");
    devices.asked[0]?.refuse();
    await answer(1);
    expect(local.problems.value.mic).toBeUndefined();
  });

  it("keep the camera closed in a call of sound only, and open it again if it was on", async () => {
    void local.setCamera(true);
    const camera = await answer(0);
    void local.holdCamera(true);
    expect([camera.lit, local.camera.value, local.cameraOn.value]).toEqual([false, null, true]);
    void local.prepare();
    await answer(1); // the microphone's
    expect(devices.asked.map((each) => each.kind)).toEqual(["camera", "mic"]);
    void local.holdCamera(false);
    const again = await answer(2);
    expect(local.camera.value).toBe(again);
  });

  it("close a camera that came while it was held, and hold nothing after the call", async () => {
    void local.setCamera(true);
    void local.holdCamera(true);
    expect((await answer(0)).lit).toBe(false);
    local.close();
    expect(local.cameraHeld.value).toBe(false);
    expect(devices.asked).toHaveLength(1);
  });
});
