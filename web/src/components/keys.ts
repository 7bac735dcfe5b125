/** Keys that work anywhere on a page. */

import { useEffect } from "preact/hooks";

/** Single keys act only while nobody types and no dialog is open. */
export function useKeys(keys: Record<string, () => void>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement | null;
      const busy = target?.closest("input, select, textarea, dialog, [contenteditable]");
      if (busy || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      keys[event.key.toLowerCase()]?.();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
}
