/** Reads a transcript and, while it is being made or edited, asks again for what is new. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { codeOf } from "../../components/feedback";
import { useServices } from "../../services";
import { type News, news, placed, type Read, read } from "../../state/reading";

const TRANSCRIBING_MS = 3000;
const HEARD_AGAIN_MS = 10_000;
/** As many as fill a screen come first, so that there is something to read while the rest comes. */
const FIRST = 40;
const MORE = 500;

export function useReading(meeting: string) {
  const { api } = useServices();
  const [shown, setShown] = useState<Read | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  // Of the moment: an edit may be answered while news are on their way.
  const known = useRef<Read | null>(null);
  const show = (now: Read) => {
    known.current = now;
    setShown(now);
  };
  const look = useMemo(
    () =>
      onceAtATime(async () => {
        const first = known.current === null || known.current.partly;
        const page = (after: string | null, since: number | null) =>
          api.transcript(meeting, after, since, first && after === null ? FIRST : MORE);
        try {
          const part = (told: News) => show(read(known.current, told, first));
          const told = await news(page, first ? null : (known.current?.change ?? null), part);
          show(read(known.current, told));
          setFailed(null);
        } catch (error) {
          setFailed(codeOf(error));
        }
      }),
    [meeting],
  );
  useEffect(() => void look(), [meeting]);
  const pause = pauseOf(shown);
  useEffect(() => (pause ? repeat(look, pause) : undefined), [pause, meeting]);
  const set = (told: Pick<News, "lines" | "gone">) => {
    const now = known.current;
    if (now) show({ ...now, lines: placed(now.lines, told) });
  };
  return { read: shown, failed, look, set, change: () => known.current?.change ?? 0 };
}

/** Asked while it looks, it looks once more behind that: what was asked for may have come too late for the first. */
function onceAtATime(look: () => Promise<void>): () => Promise<void> {
  let looking: Promise<void> | null = null;
  let again = false;
  const go = async () => {
    do {
      again = false;
      await look();
    } while (again);
    looking = null;
  };
  return () => {
    again = looking !== null;
    looking ??= go();
    return looking;
  };
}

/** Until the next look; null when nothing more is to come. */
function pauseOf(shown: Read | null): number | null {
  if (!shown || shown.partly) return null;
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
