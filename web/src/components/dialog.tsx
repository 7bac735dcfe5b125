/** The browser's own dialog: it traps the focus, closes on Escape and gives the focus back. */

import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../locales";
import { Icon } from "./icons";

interface Props {
  title: string;
  close: () => void;
  children: ComponentChildren;
  wide?: boolean | undefined;
}

export function Dialog({ title, close, children, wide = false }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const gone = useRef(false);
  const heading = useId();
  useLayoutEffect(() => {
    const shown = dialog.current;
    if (!shown?.open) shown?.showModal();
    return () => {
      gone.current = true; // its `close` comes later, when another dialog may stand in its place
      shown?.close(); // taken away while open it would keep the focus for nobody
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={wide ? "dialog dialog-wide" : "dialog"}
      aria-labelledby={heading}
      onClose={() => gone.current || close()}
    >
      <div class="dialog-head">
        <h2 id={heading}>{title}</h2>
        <button
          type="button"
          class="button button-quiet button-icon"
          aria-label={t.value.app.close}
          onClick={close}
        >
          <Icon name="close" />
        </button>
      </div>
      {children}
    </dialog>
  );
}
