/** What has just been done, with the way back, or why it could not be. */

import { useEffect } from "preact/hooks";
import { Icon } from "../../components/icons";
import { number } from "../../format/time";
import { language, problemText, t } from "../../locales";
import type { Editing } from "../../state/editing/editing";

/** Undo has a button and a key of its own: nobody needs to hurry. */
const SHOWN_MS = 8000;

export function EditNotice({ editing }: { editing: Editing }) {
  const notice = editing.notice.value;
  const text = t.value.editing;
  const clear = () => {
    editing.notice.value = null;
  };
  useEffect(() => {
    if (!notice) return;
    const timer = setTimeout(clear, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div class="edit-notice-place" role="status">
      {notice && (
        <div class="edit-notice">
          <span>
            {"did" in notice.what ? text.done[notice.what.did] : problemText(notice.what.code, t.value)}
            {notice.left > 0 && ` ${text.left_(number(notice.left, language.value))}`}
          </span>
          {notice.undo && (
            <button
              type="button"
              class="button button-small"
              onClick={() => {
                clear();
                editing.undo();
              }}
            >
              {text.undo}
            </button>
          )}
          <button
            type="button"
            class="button button-quiet button-icon"
            aria-label={text.closeNotice}
            onClick={clear}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
