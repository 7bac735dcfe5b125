/** The tiles, as large as the window allows; who does not fit is one line below. */

import { useEffect, useRef, useState } from "preact/hooks";
import { arrange, capacity } from "../../components/layout";
import { t } from "../../locales";
import type { Call } from "../../state/call";
import { onStage } from "../../state/crowd";
import { Tile } from "./tile";

interface Size {
  width: number;
  height: number;
}

export function Stage({ call }: { call: Call }) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const shown = useRef<string[]>([]);
  const room = call.room.value;
  const places = capacity(size.width, size.height);
  shown.current = onStage(shown.current, room.participants, room.speaking, room.seat, places);
  const grid = arrange(shown.current.length, size.width, size.height);
  const unseen = room.participants.size - shown.current.length;
  const alone = room.participants.size === 1 && call.phase.value === "joined";
  return (
    <main class="stage" aria-label={t.value.room.stage}>
      <div class="tiles" ref={box}>
        <ul class="tiles-grid" style={{ gridTemplateColumns: `repeat(${grid.columns}, ${grid.width}px)` }}>
          {shown.current.map((seat) => (
            <li key={seat} style={{ width: `${grid.width}px`, height: `${grid.height}px` }}>
              <Tile call={call} seat={seat} />
            </li>
          ))}
        </ul>
      </div>
      {unseen > 0 && <p class="stage-note">{t.value.room.more(unseen)}</p>}
      {alone && <p class="stage-note">{t.value.room.alone}</p>}
    </main>
  );
}

function useSize(box: { current: HTMLDivElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: innerWidth, height: innerHeight * 0.7 });
  useEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return size;
}
