/** Outside: what a page shows until somebody lets it in. */

import { useEffect, useRef } from "preact/hooks";
import { useTitle } from "../../components/title";
import { t } from "../../locales";
import type { Call } from "../../state/call";
import { useRoom } from "./use-room";

export function Held({ call }: { call: Call }) {
  const title = useRoom(call, (room) => room.meeting?.title);
  const text = t.value.gathering;
  const heading = useRef<HTMLHeadingElement>(null);
  useTitle(text.held);
  useEffect(() => heading.current?.focus(), []);
  return (
    <main class="farewell">
      <h1 ref={heading} tabIndex={-1}>
        {text.held}
      </h1>
      <p class="lead">{title}</p>
      <p role="status">{call.phase.value === "held" ? text.heldDetail : text.heldLost}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={() => call.leave()}>
          {text.heldLeave}
        </button>
      </div>
    </main>
  );
}
