/** Microphone and camera: asking for them, and saying what is wrong when they do not come. */

export type Problem = "denied" | "missing" | "busy" | "insecure" | "unknown";
export type Device = "mic" | "camera";

/** The top layer's size: half and quarter of it are whole pixels, and it is as much as a tile needs. */
export const CAMERA: MediaTrackConstraints = {
  width: { ideal: 960, max: 960 },
  height: { ideal: 540, max: 720 },
  frameRate: { ideal: 15, max: 15 },
};

const MICROPHONE: MediaTrackConstraints = {
  channelCount: 1,
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

/** The kind of refusal behind getUserMedia's error (Media Capture and Streams, section 10.6). */
export function problemOf(error: unknown): Problem {
  switch ((error as { name?: string } | null)?.name) {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    case "InsecureContext":
      return "insecure";
    default:
      return "unknown";
  }
}

/** One track of a device. `id`: the one chosen before; where it is gone, any other. Throws getUserMedia's errors. */
export async function open(device: Device, id: string | null): Promise<MediaStreamTrack> {
  if (!navigator.mediaDevices) throw new DOMException("no media devices outside HTTPS", "InsecureContext");
  const wish: MediaTrackConstraints = {
    ...(device === "mic" ? MICROPHONE : CAMERA),
    ...(id && { deviceId: { ideal: id } }),
  };
  const stream = await navigator.mediaDevices.getUserMedia(
    device === "mic" ? { audio: wish } : { video: wish },
  );
  const [track] = stream.getTracks();
  if (!track) throw new DOMException("a stream without a track", "NotFoundError");
  return track;
}

export interface Choices {
  mic: MediaDeviceInfo[];
  camera: MediaDeviceInfo[];
}

/** What could be chosen. Names stay empty until a permission is given. */
export async function choices(): Promise<Choices> {
  const all = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  const of = (kind: MediaDeviceKind) => all.filter((each) => each.kind === kind && each.deviceId !== "");
  return { mic: of("audioinput"), camera: of("videoinput") };
}
