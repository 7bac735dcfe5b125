/** In which encodings a picture is sent, and which of them are on now. Pure. */

export type Picture = "camera" | "screen";

const CAMERA_FRAMES = 15;
const SAVING_FRAMES = 10;

/**
 * Lowest first, as the server counts them. A camera shrinks; a shared screen keeps its size and loses frames instead,
 * since its text must stay readable. `scaleResolutionDownBy` is always said: where no encoding says it, browsers halve
 * every layer below the top one (WebRTC, section 5.1).
 */
export const LAYERS: Record<Picture, readonly RTCRtpEncodingParameters[]> = {
  camera: [
    { rid: "q", scaleResolutionDownBy: 4, maxBitrate: 80_000, maxFramerate: CAMERA_FRAMES },
    { rid: "h", scaleResolutionDownBy: 2, maxBitrate: 220_000, maxFramerate: CAMERA_FRAMES },
    { rid: "f", scaleResolutionDownBy: 1, maxBitrate: 700_000, maxFramerate: CAMERA_FRAMES },
  ],
  screen: [
    { rid: "q", scaleResolutionDownBy: 1, maxBitrate: 250_000, maxFramerate: 5 },
    { rid: "f", scaleResolutionDownBy: 1, maxBitrate: 1_200_000, maxFramerate: 15 },
  ],
};

/** What holds a picture back: the layers that somebody watches (null: not said yet), and the person's saving mode. */
export interface Limit {
  readonly wanted: readonly boolean[] | null;
  readonly saving: boolean;
}

export const UNLIMITED: Limit = { wanted: null, saving: false };

/** `current` (as `getParameters()` gives it) with `limit` in force: nothing but `active` and `maxFramerate` changes. */
export function limited(
  picture: Picture,
  current: readonly RTCRtpEncodingParameters[],
  limit: Limit,
): RTCRtpEncodingParameters[] {
  const saving = limit.saving && picture === "camera";
  const wanted = limit.wanted ?? LAYERS[picture].map(() => true);
  // Saving, or where simulcast was not agreed on, the lowest layer stands for whichever is wanted.
  const one = saving || current.length === 1;
  return current.map((encoding, index) => {
    const active = one ? index === 0 && wanted.includes(true) : (wanted[index] ?? false);
    const frames = saving ? SAVING_FRAMES : LAYERS[picture][index]?.maxFramerate;
    return { ...encoding, active, ...(frames && { maxFramerate: frames }) };
  });
}
