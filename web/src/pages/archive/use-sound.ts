/** Asks for a meeting's whole sound and what it looks like, once somebody listens; until they are made, lines have theirs. */

import { useEffect, useState } from "preact/hooks";
import type { EditingApi, Made } from "../../api/editing";
import { ApiError } from "../../api/http";
import type { Player } from "../../state/player";
import { decoded } from "../../state/wave";
import type { Wave } from "./waveform";

const ASK_AGAIN_MS = 2000;

export interface Sound {
  wave: Wave | null;
  /** How much of it is made, while that is being done. */
  share: number | null;
}

/** `blackened`: how many passages are. With another the sound is another, and what was there is to be heard no more. */
export function useSound(
  meeting: string,
  api: EditingApi,
  player: Player,
  wanted: boolean,
  blackened: number,
): Sound {
  const [wave, setWave] = useState<Wave | null>(null);
  const [share, setShare] = useState<number | null>(null);
  useEffect(() => {
    if (!wanted) return;
    const stop = new AbortController();
    player.take(null);
    void look(stop.signal);
    return () => stop.abort();
  }, [meeting, wanted, blackened]);
  async function look(stop: AbortSignal): Promise<void> {
    const peaks = await until(() => api.peaks(meeting), setShare, stop);
    if (peaks) setWave({ peaks: decoded(peaks.peaks), perSecond: peaks.per_second, seconds: peaks.seconds });
    const sound = await until(() => api.sound(meeting), setShare, stop);
    if (sound && !stop.aborted) player.take(`${sound}?dihitamkan=${blackened}`);
    if (!stop.aborted) setShare(null);
  }
  return { wave, share };
}

/** Null: there is none, or it is wanted no longer. Whoever has no line asks again. */
async function until<T>(
  ask: () => Promise<Made<T>>,
  told: (share: number | null) => void,
  stop: AbortSignal,
): Promise<T | null> {
  while (!stop.aborted) {
    const made = await ask().catch((error: unknown) => {
      const passing = error instanceof ApiError && (error.status === 0 || error.status === 503);
      return passing ? { share: 0 } : null;
    });
    if (!made || stop.aborted) return null;
    if ("ready" in made) return made.ready;
    told(made.share);
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
  return null;
}
