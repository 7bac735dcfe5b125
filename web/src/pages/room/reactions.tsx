/** Reactions: shown for a moment with the name of whom they come from, and kept nowhere. */

import { useEffect, useState } from "preact/hooks";
import { t } from "../../locales";
import type { React } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { useRoom } from "./use-room";
import "./reactions.css";

const SHOWN_S = 5;
export const SIGNS: Record<React["kind"], string> = {
  agree: "👍",
  applause: "👏",
  thanks: "🙏",
  laugh: "😄",
  slower: "🐢",
};

export function Reactions({ call }: { call: Call }) {
  const all = useRoom(call, (room) => room.reactions);
  const now = performance.now() / 1000;
  const shown = all.filter((each) => now - each.at < SHOWN_S);
  const [, beat] = useState(0);
  useEffect(() => {
    if (shown.length === 0) return;
    const timer = setTimeout(() => beat((last) => last + 1), 1000);
    return () => clearTimeout(timer);
  });
  return (
    <ul class="reactions" aria-label={t.value.gathering.react}>
      {shown.map((each) => (
        <li key={`${each.at}${each.name}`}>
          <span role="img" aria-label={t.value.gathering.reactions[each.kind]}>
            {SIGNS[each.kind]}
          </span>
          {each.name}
        </li>
      ))}
    </ul>
  );
}
