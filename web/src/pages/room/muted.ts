/** Whether somebody talks into a microphone that is off: everybody has waited for such a speaker once. */

import { useEffect, useState } from "preact/hooks";
import { measure } from "../../media/meter";
import { useServices } from "../../services";

const VOICE = 0.45;
/** So many loud moments in a row are speech and not a cough; a twelfth of a second each. */
const LOUD_MOMENTS = 8;
const SHOWN_MS = 5000;

/** Pure: loud moments in a row, from those before and the level now. Speech dips between words: a dip takes only two. */
export function streak(before: number, level: number): number {
  return level >= VOICE ? before + 1 : Math.max(0, before - 2);
}

export function useMutedSpeaking(): boolean {
  const { local } = useServices();
  const [speaking, setSpeaking] = useState(false);
  const track = local.mic.value;
  const muted = !local.micOn.value;
  useEffect(() => {
    if (!track || !muted) return;
    let loud = 0;
    let until = 0;
    const stop = measure(track, (level) => {
      loud = streak(loud, level);
      if (loud >= LOUD_MOMENTS) until = performance.now() + SHOWN_MS;
      setSpeaking(performance.now() < until);
    });
    return () => {
      stop();
      setSpeaking(false);
    };
  }, [track, muted]);
  return speaking;
}
