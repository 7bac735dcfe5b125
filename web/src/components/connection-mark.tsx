/** How well a connection does: three bars and a word, so that neither colour nor sight is needed. */

import { t } from "../locales";
import "./connection-mark.css";

const BARS = [
  { x: 3, top: 14 },
  { x: 10, top: 9 },
  { x: 17, top: 4 },
];

/** `quality`: 3 good, 2 fair, 1 poor, 0 hardly anything. */
export function ConnectionMark({ quality }: { quality: number }) {
  const text = t.value.room.quality[quality] ?? "";
  return (
    <span class={`connection-mark connection-mark-${quality}`} title={text}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        {BARS.map(({ x, top }, index) => (
          <rect
            key={x}
            x={x}
            y={top}
            width="4"
            height={20 - top}
            rx="1"
            class={index < quality ? "on" : "off"}
          />
        ))}
        {quality === 0 && <path d="M4 3l8 8M12 3l-8 8" />}
      </svg>
      <span class="visually-hidden">{text}</span>
    </span>
  );
}
