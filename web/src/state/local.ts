/**
 * This person's microphone and camera, before and in the room. The tracks outlive every connection: a reconnect takes
 * them along, so nobody is asked for a permission twice.
 *
 * Muting keeps the microphone open (unmuting must be instant) but nothing is sent; camera off stops the device, so that
 * its light goes out.
 */

import { type Signal, signal } from "@preact/signals";
import { type Choices, choices, type Device, open, type Problem, problemOf } from "../media/devices";

const REMEMBERED = "rakor.devices";

interface Remembered {
  mic: string | null;
  camera: string | null;
  micOn: boolean;
  cameraOn: boolean;
}

const UNKNOWN: Remembered = { mic: null, camera: null, micOn: true, cameraOn: true };

function recall(): Remembered {
  try {
    return { ...UNKNOWN, ...JSON.parse(localStorage.getItem(REMEMBERED) ?? "{}") };
  } catch {
    return UNKNOWN;
  }
}

export class Local {
  readonly mic: Signal<MediaStreamTrack | null> = signal(null);
  readonly camera: Signal<MediaStreamTrack | null> = signal(null);
  readonly micOn: Signal<boolean>;
  readonly cameraOn: Signal<boolean>;
  /** The camera stays closed for now, whatever the person has switched on: no pictures are sent in a call of sound only. */
  readonly cameraHeld: Signal<boolean> = signal(false);
  readonly chosen: Signal<{ mic: string | null; camera: string | null }>;
  readonly problems: Signal<Partial<Record<Device, Problem>>> = signal({});
  readonly choices: Signal<Choices> = signal({ mic: [], camera: [] });
  readonly asking: Signal<boolean> = signal(false);
  private readonly look = () => void this.refresh();
  private readonly opening: Partial<Record<Device, Promise<void>>> = {};
  /** Raised when an opening on its way is no longer wanted: its track is stopped as soon as it comes. */
  private readonly generation: Record<Device, number> = { mic: 0, camera: 0 };
  private closings = 0;

  constructor() {
    const { mic, camera, micOn, cameraOn } = recall();
    this.chosen = signal({ mic, camera });
    this.micOn = signal(micOn);
    this.cameraOn = signal(cameraOn);
  }

  /** Ask for what is switched on and not there yet. Problems land in `problems`; this never throws. */
  async prepare(): Promise<void> {
    navigator.mediaDevices?.addEventListener("devicechange", this.look);
    const closings = this.closings;
    this.asking.value = true;
    if (!this.mic.value) await this.obtain("mic");
    // Whoever has left while the browser asked must not be asked on; whoever is back has a `prepare` of their own.
    if (closings !== this.closings) return;
    if (this.cameraWanted() && !this.camera.value) await this.obtain("camera");
    if (closings !== this.closings) return;
    this.asking.value = false;
    await this.refresh();
  }

  async setMic(on: boolean): Promise<void> {
    this.micOn.value = on;
    this.remember();
    if (on && !this.mic.value) await this.obtain("mic");
  }

  async setCamera(on: boolean): Promise<void> {
    this.cameraOn.value = on;
    this.remember();
    if (!on) this.drop("camera");
    else if (this.cameraWanted() && !this.camera.value) await this.obtain("camera");
  }

  /** Close the camera for a while, and open it again if it was on. */
  async holdCamera(held: boolean): Promise<void> {
    if (held === this.cameraHeld.value) return;
    this.cameraHeld.value = held;
    if (held) this.giveBack("camera");
    else if (this.cameraWanted()) await this.obtain("camera");
  }

  async choose(device: Device, id: string): Promise<void> {
    this.chosen.value = { ...this.chosen.value, [device]: id };
    this.remember();
    this.giveBack(device);
    if (device === "camera" && !this.cameraWanted()) return;
    await this.obtain(device);
  }

  /** Give the devices back. Idempotent. */
  close(): void {
    navigator.mediaDevices?.removeEventListener("devicechange", this.look);
    this.closings++;
    this.asking.value = false;
    this.cameraHeld.value = false;
    this.giveBack("mic");
    this.giveBack("camera");
  }

  private cameraWanted(): boolean {
    return this.cameraOn.value && !this.cameraHeld.value;
  }

  /** What is open, and what is still being opened. */
  private giveBack(device: Device): void {
    this.generation[device]++;
    delete this.opening[device];
    this.drop(device);
  }

  /** One request at a time for a device and generation: a second caller waits for the first one's track. */
  private obtain(device: Device): Promise<void> {
    const opening = this.opening[device] ?? this.request(device);
    this.opening[device] = opening;
    return opening.finally(() => {
      if (this.opening[device] === opening) delete this.opening[device];
    });
  }

  private async request(device: Device): Promise<void> {
    const generation = this.generation[device];
    const wanted = () => generation === this.generation[device];
    try {
      const track = await open(device, this.chosen.value[device]);
      if (!wanted() || (device === "camera" && !this.cameraWanted())) return track.stop();
      track.onended = () => void this.replace(device, track);
      this[device].value = track;
      this.note(device, undefined);
    } catch (error) {
      if (wanted()) this.note(device, problemOf(error));
    }
  }

  /** A device was pulled out: go on with another one if there is any. */
  private async replace(device: Device, ended: MediaStreamTrack): Promise<void> {
    if (this[device].value !== ended) return;
    this[device].value = null;
    await this.obtain(device);
    await this.refresh();
  }

  private drop(device: Device): void {
    const track = this[device].value;
    if (!track) return;
    track.onended = null;
    track.stop();
    this[device].value = null;
  }

  private note(device: Device, problem: Problem | undefined): void {
    this.problems.value = { ...this.problems.value, [device]: problem };
  }

  private async refresh(): Promise<void> {
    this.choices.value = await choices();
  }

  private remember(): void {
    const { mic, camera } = this.chosen.value;
    const now: Remembered = { mic, camera, micOn: this.micOn.value, cameraOn: this.cameraOn.value };
    localStorage.setItem(REMEMBERED, JSON.stringify(now));
  }
}
