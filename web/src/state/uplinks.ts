/** What this person sends: microphone, camera, shared screen and its sound, as buttons and devices have it. */

import { effect, untracked } from "@preact/signals";
import { UPLINKS, type Uplink } from "../media/connection";
import type { FromPage } from "../protocol/messages";
import type { Local } from "./local";
import type { Share } from "./share";

export interface UplinkPorts {
  replace(uplink: Uplink, track: MediaStreamTrack | null): void;
  /** False while the socket is down; the next hello and welcome say how it is then. */
  say(message: FromPage): boolean;
}

export class Uplinks {
  constructor(
    private readonly local: Local,
    private readonly share: Share,
  ) {}

  /** What `uplink` sends now; null: nothing. */
  track(uplink: Uplink): MediaStreamTrack | null {
    return untracked(() => this.read(uplink));
  }

  /** What is sent follows buttons and devices; the room is told when sending starts or stops. */
  follow(ports: UplinkPorts): () => void {
    const stops = UPLINKS.map((uplink) => this.followOne(uplink, ports));
    return () => {
      for (const stop of stops) stop();
    };
  }

  private followOne(uplink: Uplink, ports: UplinkPorts): () => void {
    let told: boolean | null = null;
    return effect(() => {
      const track = this.read(uplink);
      const on = track !== null;
      untracked(() => {
        ports.replace(uplink, track);
        const message = told !== null && told !== on && switched(uplink, on);
        if (message) ports.say(message);
      });
      told = on;
    });
  }

  private read(uplink: Uplink): MediaStreamTrack | null {
    switch (uplink) {
      case "mic":
        return this.local.micOn.value ? this.local.mic.value : null;
      case "camera":
        return this.local.cameraOn.value ? this.local.camera.value : null;
      case "screen":
        return this.share.picture.value;
      case "screen_audio":
        return this.share.sound.value;
    }
  }
}

/** Null for a screen's sound: it comes and goes with the screen. */
function switched(uplink: Uplink, on: boolean): FromPage | null {
  switch (uplink) {
    case "mic":
      return { type: "set_mic", on };
    case "camera":
      return { type: "set_camera", on };
    case "screen":
      return { type: "set_screen", on };
    case "screen_audio":
      return null;
  }
}
