/** The screen to share: asking for it, and telling a change of mind from a failure. */

/** Options that browsers know and TypeScript's library does not yet (Screen Capture, section 6.1). */
interface Wish extends DisplayMediaStreamOptions {
  systemAudio: "include" | "exclude";
  surfaceSwitching: "include" | "exclude";
  selfBrowserSurface: "include" | "exclude";
}

const WISH: Wish = {
  video: { width: { max: 1920 }, height: { max: 1080 }, frameRate: { ideal: 15, max: 15 } },
  // A film's sound is not a voice: nothing in it is an echo or noise.
  audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  systemAudio: "include",
  surfaceSwitching: "include",
  // A page that shows itself shows itself showing itself.
  selfBrowserSurface: "exclude",
};

export interface Captured {
  picture: MediaStreamTrack;
  /** Null where the person or the browser shares no sound. */
  sound: MediaStreamTrack | null;
}

/** Phones cannot share their screens from a page. */
export function canCapture(): boolean {
  return typeof navigator.mediaDevices?.getDisplayMedia === "function";
}

/** Null when the person has chosen nothing. Throws when the browser or the system could not do it. */
export async function capture(): Promise<Captured | null> {
  try {
    const stream = await navigator.mediaDevices.getDisplayMedia(WISH);
    const [picture] = stream.getVideoTracks();
    if (!picture) throw new DOMException("a screen without a picture", "NotFoundError");
    // Text stays sharp when the line is thin: frames are given up first (MST Content Hints).
    picture.contentHint = "detail";
    return { picture, sound: stream.getAudioTracks()[0] ?? null };
  } catch (error) {
    if (declined(error)) return null;
    throw error;
  }
}

/** Browsers say NotAllowedError for both; only the operating system's refusal has to be told to the person. */
export function declined(error: unknown): boolean {
  const { name, message } = (error ?? {}) as { name?: string; message?: string };
  return name === "NotAllowedError" && !/system/i.test(message ?? "");
}
