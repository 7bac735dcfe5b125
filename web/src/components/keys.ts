/** Keys that work anywhere on a page. */

import { useEffect } from "preact/hooks";

/** Where letters are typed, or choose something. A box that was ticked takes none. */
const TAKES_LETTERS = "input:not([type=checkbox], [type=radio]), select, textarea, dialog, [contenteditable]";

/** Single keys act only while nobody types and no dialog is open. */
export function useKeys(keys: Record<string, () => void>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      keys[event.key.toLowerCase()]?.();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
}

export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  return Boolean(target?.closest(TAKES_LETTERS));
}

/** Keys with others held, and keys that write nothing: `ctrl+shift+z`, `f4`. What acts returns true, and the browser does not. */
export function useChords(chords: Record<string, (typing: boolean, event: KeyboardEvent) => boolean>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (chords[chord(event)]?.(isTyping(event), event)) event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
}

export function chord(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">,
): string {
  const held = [
    (event.ctrlKey || event.metaKey) && "ctrl",
    event.altKey && "alt",
    event.shiftKey && event.key.length > 1 && "shift",
    event.shiftKey && event.ctrlKey && event.key.length === 1 && "shift",
  ].filter(Boolean);
  return [...held, event.key === " " ? "space" : event.key.toLowerCase()].join("+");
}
