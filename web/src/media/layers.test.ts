import { describe, expect, it } from "vitest";
import { LAYERS, limited, UNLIMITED } from "./layers";

const camera = LAYERS.camera.map((each) => ({ ...each }));
const on = (encodings: RTCRtpEncodingParameters[]) => encodings.map((each) => each.active);

describe("layers", () => {
  it("are all sent until the server says who watches", () => {
    expect(on(limited("camera", camera, UNLIMITED))).toEqual([true, true, true]);
  });

  it("are those that somebody watches, and change in nothing else", () => {
    const changed = limited("camera", camera, { wanted: [true, false, true], saving: false });
    expect(on(changed)).toEqual([true, false, true]);
    expect(changed.map(({ active, ...rest }) => rest)).toEqual(camera);
  });

  it("are the lowest one, with fewer frames, for whoever saves data", () => {
    const saving = limited("camera", camera, { wanted: [false, false, true], saving: true });
    expect(on(saving)).toEqual([true, false, false]);
    expect(saving[0]?.maxFramerate).toBe(10);
    expect(limited("camera", saving, UNLIMITED)[0]?.maxFramerate).toBe(15);
    expect(on(limited("camera", camera, { wanted: [false, false, false], saving: true }))).not.toContain(
      true,
    );
  });

  it("of a screen are as sharp for whoever saves data", () => {
    const screen = limited("screen", LAYERS.screen, { wanted: [true, true], saving: true });
    expect(screen.map((each) => each.maxFramerate)).toEqual([5, 15]);
    expect(on(screen)).toEqual([true, true]);
  });

  it("fall together where simulcast was not agreed on", () => {
    expect(on(limited("camera", [{}], { wanted: [false, false, true], saving: false }))).toEqual([true]);
    expect(on(limited("camera", [{}], { wanted: [false, false, false], saving: false }))).toEqual([false]);
  });
});
