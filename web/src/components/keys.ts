/** Keys that work anywhere on a page. */

import { useEffect } from "preact/hooks";

/** Where letters are typed, or choose something. A box that was ticked takes none. */
const TAKES_LETTERS = "input:not([type=checkbox], [type=radio]), select, textarea, dialog, [contenteditable]";

/** Single keys act only while nobody types and no dialog is open. */
export function useKeys(keys: Record<string, () => void>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement | null;
      const busy = target?.closest(TAKES_LETTERS);
      if (busy || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      keys[event.key.toLowerCase()]?.();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
}
