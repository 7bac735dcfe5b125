/** News that ends nothing: said once above the controls, and gone after a while. */

import { useEffect } from "preact/hooks";
import { Icon } from "../../components/icons";
import { problemText, t } from "../../locales";
import type { Call, News } from "../../state/call";
import { sharing } from "../../state/room";
import { shownName } from "./tile";
import "./toast.css";

const SHOWN_MS = 10_000;

export function Toast({ call }: { call: Call }) {
  const news = call.news.value;
  const clear = () => {
    call.news.value = null;
  };
  useEffect(() => {
    if (!news) return;
    const timer = setTimeout(clear, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [news]);
  return (
    <div class="toast-place" role="status">
      {news && (
        <p class="toast">
          <Icon name="warning" />
          <span>{words(call, news)}</span>
          <button
            type="button"
            class="button button-quiet button-icon"
            aria-label={t.value.app.close}
            onClick={clear}
          >
            <Icon name="close" />
          </button>
        </p>
      )}
    </div>
  );
}

function words(call: Call, news: News): string {
  if (news.what === "refused") return problemText(news.failure.code, t.value);
  if (news.what === "stopped") return t.value.floor.stopped[news.stopped.what](news.stopped.by);
  const text = t.value.screen;
  if (news.end !== "taken") return text[news.end];
  const room = call.room.peek();
  const other = sharing(room);
  return other && other.seat !== room.seat ? text.takenBy(shownName(other)) : text.taken;
}
