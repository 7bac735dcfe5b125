/** Hear oneself: three seconds of the microphone played back, or a tone where there is none. */

import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../locales";
import { chime, echo } from "../media/sound-test";
import { useServices } from "../services";
import { Icon } from "./icons";

type Step = "idle" | "recording" | "playing" | "chime" | "done" | "failed";

export function SoundTest() {
  const { local } = useServices();
  const [step, go] = useState<Step>("idle");
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const run = async () => {
    const mine = new AbortController();
    stop.current = mine;
    const tell = (next: Step) => mine.signal.aborted || go(next);
    const track = local.mic.peek();
    try {
      tell(track ? "recording" : "chime");
      await (track ? echo(track, () => tell("playing"), mine.signal) : chime(mine.signal));
      tell("done");
    } catch {
      tell("failed");
    }
  };
  const text = t.value.gathering;
  const busy = step === "recording" || step === "playing" || step === "chime";
  const said = {
    idle: "",
    recording: text.testRecording,
    playing: text.testPlaying,
    chime: text.testChime,
    done: text.testAgain,
    failed: text.testFailed,
  }[step];
  return (
    <div class="sound-test">
      <button
        type="button"
        class="button button-small"
        aria-disabled={busy}
        onClick={() => busy || void run()}
      >
        <Icon name="sound" />
        {text.test}
      </button>
      <small role="status">{said}</small>
    </div>
  );
}
