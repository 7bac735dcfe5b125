/** What keeps edits from being sent, and what a person can do about it. */

import { useComputed } from "@preact/signals";
import { t } from "../../locales";
import type { Editing } from "../../state/editing/editing";
import { unsent } from "../../state/editing/outbox";

export function Held({ editing }: { editing: Editing }) {
  const text = t.value.editing;
  const waits = useComputed(() => unsent(editing.box.value) > 0).value;
  if (editing.held.value === "not_signed_in")
    return (
      <p class="notice notice-bad" role="alert">
        <span>
          {text.signInAgain} <a href={`/masuk?ke=${encodeURIComponent(location.pathname)}`}>{text.signIn}</a>
        </span>
      </p>
    );
  if (!editing.safe.value && waits)
    return (
      <p class="notice notice-bad" role="alert">
        {text.unsafe}
      </p>
    );
  return null;
}
