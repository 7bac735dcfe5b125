/** The meeting's sound as it looks, around where it is heard: a click plays from there. The slider below it is for keys. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Line } from "../../api/types";
import type { Player } from "../../state/player";
import { heights, type Span, shown, within } from "../../state/wave";

/** Seconds that are seen at once, and CSS pixels from one column to the next. */
const SPAN_S = 40;
const COLUMN = 3;

export interface Wave {
  peaks: Uint8Array;
  perSecond: number;
  seconds: number;
}

interface Props {
  wave: Wave;
  player: Player;
}

export function Waveform({ wave, player }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const head = useRef<HTMLSpanElement>(null);
  const [span, setSpan] = useState<Span>(() => shown(null, player.now.peek()?.at ?? 0, SPAN_S, wave.seconds));
  const [line, setLine] = useState<Line | null>(player.now.peek()?.line ?? null);
  // The head moves with every frame, and nothing else does: it is set by hand.
  useEffect(
    () =>
      player.now.subscribe((now) => {
        if (!now) return;
        setLine(now.line);
        setSpan((before) => {
          const span = shown(before, now.at, SPAN_S, wave.seconds);
          head.current?.style.setProperty("left", `${within(span, now.at) * 100}%`);
          return span;
        });
      }),
    [wave],
  );
  const press = (event: MouseEvent) => {
    const area = box.current?.getBoundingClientRect();
    if (!area) return;
    const share = (event.clientX - area.left) / area.width;
    player.seek(span.from + share * (span.to - span.from));
  };
  return (
    <div class="wave" ref={box} aria-hidden="true" onClick={press}>
      {line && <Here span={span} line={line} />}
      <Columns wave={wave} span={span} />
      <span class="wave-head" ref={head} />
    </div>
  );
}

/** Behind the columns: the line that is heard. */
function Here({ span, line }: { span: Span; line: Line }) {
  const from = Math.max(0, within(span, line.start));
  const to = Math.min(1, within(span, line.end));
  if (to <= from) return null;
  return <span class="wave-line" style={{ left: `${from * 100}%`, width: `${(to - from) * 100}%` }} />;
}

function Columns({ wave, span }: { wave: Wave; span: Span }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const shown = canvas.current;
    if (!shown) return;
    const watcher = new ResizeObserver(() => setWidth(shown.clientWidth));
    watcher.observe(shown);
    return () => watcher.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (canvas.current && width > 0) draw(canvas.current, wave, span);
  }, [wave, span, width]);
  return <canvas class="wave-columns" ref={canvas} />;
}

function draw(canvas: HTMLCanvasElement, wave: Wave, span: Span): void {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const scale = devicePixelRatio;
  canvas.width = width * scale;
  canvas.height = height * scale;
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.scale(scale, scale);
  pen.fillStyle = getComputedStyle(canvas).color;
  const columns = heights(wave.peaks, wave.perSecond, span, Math.floor(width / COLUMN));
  for (const [index, share] of columns.entries()) {
    // Quiet speech is seen, too: heights go by the root.
    const tall = Math.max(1, Math.sqrt(share) * height);
    pen.fillRect(index * COLUMN, (height - tall) / 2, COLUMN - 1, tall);
  }
}
