/** Reads a transcript and, while it is being made, asks again for what is new. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Line } from "../../api/types";
import { codeOf } from "../../components/feedback";
import { useServices } from "../../services";
import { news, placed, type Read, read } from "../../state/reading";

const TRANSCRIBING_MS = 3000;
const HEARD_AGAIN_MS = 10_000;

export function useReading(meeting: string) {
  const { api } = useServices();
  const [shown, setShown] = useState<Read | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  // Of the moment: a name may be set while news are on their way.
  const known = useRef<Read | null>(null);
  const show = (now: Read) => {
    known.current = now;
    setShown(now);
  };
  const look = async () => {
    try {
      const told = await news(
        (after, since) => api.transcript(meeting, after, since),
        known.current?.change ?? null,
      );
      show(read(known.current, told));
      setFailed(null);
    } catch (error) {
      setFailed(codeOf(error));
    }
  };
  useEffect(() => void look(), [meeting]);
  const pause = pauseOf(shown);
  useEffect(() => (pause ? repeat(look, pause) : undefined), [pause, meeting]);
  const set = (line: Line) => {
    const now = known.current;
    if (now) show({ ...now, lines: placed(now.lines, { lines: [line], gone: [] }) });
  };
  return { read: shown, failed, again: () => void look(), set };
}

/** Until the next look; null when nothing more is to come. */
function pauseOf(shown: Read | null): number | null {
  if (!shown) return null;
  if (!shown.complete) return TRANSCRIBING_MS;
  return shown.meeting.second_hearing === null ? null : HEARD_AGAIN_MS;
}

/** One look after the other, however long each takes; none while nobody sees the page. Returns how to stop. */
function repeat(look: () => Promise<void>, pause: number): () => void {
  let timer = 0;
  const wait = () => {
    timer = window.setTimeout(async () => {
      if (document.visibilityState === "visible") await look();
      if (timer !== 0) wait();
    }, pause);
  };
  wait();
  return () => {
    clearTimeout(timer);
    timer = 0;
  };
}
