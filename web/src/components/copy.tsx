/** Copies a text for the person to paste, and says so. */

import { useState } from "preact/hooks";
import { t } from "../locales";
import { Icon } from "./icons";

export function CopyButton({
  text,
  label,
  quiet = false,
}: {
  text: string;
  label?: string;
  quiet?: boolean;
}) {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => undefined,
    );
  const said = copied ? t.value.app.copied : t.value.app.copy;
  return (
    <button
      type="button"
      class={quiet ? "button button-quiet button-icon" : "button"}
      aria-label={quiet ? label : undefined}
      title={quiet ? (copied ? said : label) : undefined}
      onClick={copy}
      onBlur={() => setCopied(false)}
    >
      <Icon name={copied ? "check" : "link"} />
      <span role="status" class={quiet ? "visually-hidden" : undefined}>
        {quiet && !copied ? "" : said}
      </span>
    </button>
  );
}
