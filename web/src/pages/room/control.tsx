/** One button of the bar: a picture, a short word, a full name, and a key. */

import { Icon, type IconName } from "../../components/icons";

interface Props {
  icon: IconName;
  label: string;
  short: string;
  hotkey: string;
  press: () => void;
  pressed?: boolean;
  look?: "off" | "on";
  /** Why pressing it does nothing now. It keeps its place, so that the reason can be read there. */
  blocked?: string | null;
  /** A number at its corner; the label says what it counts. */
  badge?: number | null;
}

export function Control({ icon, label, short, hotkey, press, pressed, look, blocked, badge }: Props) {
  return (
    <button
      type="button"
      class={look ? `button control control-${look}` : "button control"}
      aria-label={blocked ? `${label}. ${blocked}` : label}
      aria-pressed={pressed}
      aria-disabled={blocked ? true : undefined}
      aria-keyshortcuts={hotkey}
      title={blocked ?? `${label} (${hotkey})`}
      data-badge={badge || undefined}
      onClick={() => !blocked && press()}
    >
      <Icon name={icon} />
      <span aria-hidden="true">{short}</span>
    </button>
  );
}
