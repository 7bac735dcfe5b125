/** Keeps a person among the first tiles, or lets go of them. */

import { Icon } from "../../components/icons";
import { t } from "../../locales";
import type { Call } from "../../state/call";
import "./pin-button.css";

export function PinButton({ call, seat, name }: { call: Call; seat: string; name: string }) {
  const pinned = call.view.pinned.value.includes(seat);
  const label = pinned ? t.value.room.unpin(name) : t.value.room.pin(name);
  return (
    <button
      type="button"
      class={pinned ? "button button-quiet pin pin-on" : "button button-quiet pin"}
      aria-label={label}
      title={label}
      onClick={() => (pinned ? call.view.unpin(seat) : call.view.pin(seat))}
    >
      <Icon name="pin" />
    </button>
  );
}
