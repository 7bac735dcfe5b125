/** Where in a line's text something on the page is. A piece of text says at which character it begins: `data-at`. */

/** The character under a pointer, of the line's text; null where no word is. */
export function characterAt(x: number, y: number): number | null {
  const found = caret(x, y);
  return found && characterOf(found.node, found.offset);
}

/** The characters of a line that are selected, [start, end); null where none is. */
export function selectedIn(row: Element): [number, number] | null {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!row.contains(range.commonAncestorContainer)) return null;
  const pieces = [...row.querySelectorAll<HTMLElement>("[data-at]")].filter(
    (piece) => !piece.querySelector("[data-at]") && range.intersectsNode(piece),
  );
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (!first || !last) return null;
  const start = characterOf(range.startContainer, range.startOffset) ?? begin(first);
  const end =
    characterOf(range.endContainer, range.endOffset) ?? begin(last) + (last.textContent?.length ?? 0);
  return end > start ? [start, end] : null;
}

function characterOf(node: Node, offset: number): number | null {
  const piece = node.parentElement?.closest<HTMLElement>("[data-at]");
  return node.nodeType === Node.TEXT_NODE && piece ? begin(piece) + offset : null;
}

const begin = (piece: HTMLElement) => Number(piece.dataset.at);

/** Of older Chromium and Safari; TypeScript's library has the newer one only. */
interface Older {
  caretRangeFromPoint?(x: number, y: number): Range | null;
  caretPositionFromPoint?(x: number, y: number): { offsetNode: Node; offset: number } | null;
}

function caret(x: number, y: number): { node: Node; offset: number } | null {
  const page = document as unknown as Older;
  const position = page.caretPositionFromPoint?.(x, y);
  if (position) return { node: position.offsetNode, offset: position.offset };
  const range = page.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}
