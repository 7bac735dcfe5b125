/** Reactions: shown for a moment with the name of whom they come from, and kept nowhere. */

import { useEffect, useState } from "preact/hooks";
import { Icon, type IconName } from "../../components/icons";
import { t } from "../../locales";
import type { React } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { useRoom } from "./use-room";
import "./reactions.css";

const SHOWN_S = 5;
/** Drawn, not typed: not every office's computer has the signs. */
export const SIGNS: Record<React["kind"], IconName> = {
  agree: "thumb",
  applause: "clap",
  thanks: "heart",
  laugh: "smile",
  slower: "clock",
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
  if (shown.length === 0) return null;
  return (
    <ul class="reactions" aria-label={t.value.gathering.react}>
      {shown.map((each) => (
        <li key={`${each.at}${each.name}`}>
          <Icon name={SIGNS[each.kind]} />
          {t.value.gathering.reacted(each.name, t.value.gathering.reactions[each.kind])}
        </li>
      ))}
    </ul>
  );
}
