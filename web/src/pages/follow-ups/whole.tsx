import type { Counted } from "../../api/follow-ups";
import { number } from "../../format/time";
import { language, t } from "../../locales";

/** How far it is in all: a number to remember, and a bar. */
export function Whole({ counted }: { counted: Counted }) {
  const text = t.value.followUps;
  const told = (value: number) => number(value, language.value);
  return (
    <div class="whole card">
      <p class="whole-count numbers">{text.itemsDone(told(counted.done), told(counted.offices))}</p>
      <Bar counted={counted} />
      <p class="soft numbers">
        {[text.verifiedOf(told(counted.verified)), counted.late > 0 ? text.lateOf(told(counted.late)) : ""]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </div>
  );
}

/** Verified, reported, late, and the rest. Decoration: the numbers stand beside it. */
export function Bar({ counted }: { counted: Counted }) {
  const parts = [
    ["verified", counted.verified],
    ["done", counted.done - counted.verified],
    ["late", counted.late],
    ["open", counted.offices - counted.done - counted.late],
  ] as const;
  return (
    <div class="bar" aria-hidden="true">
      {parts.map(([kind, count]) =>
        count > 0 ? <span key={kind} class={`bar-${kind}`} style={{ flexGrow: count }} /> : null,
      )}
    </div>
  );
}
