/** All keys of the editor. */

import { Dialog } from "../../components/dialog";
import { t } from "../../locales";

const GROUPS = {
  place: { next: "B", previous: "S", confirm: "C", play: "P" },
  line: {
    lineNext: "J",
    linePrevious: "K",
    edit: "Enter, E",
    inaudible: "T",
    redact: "H",
    merge: "G",
    speaker: "W",
    history: "R",
  },
  typing: { saveNext: "Ctrl+Enter", split: "Ctrl+Alt+S", cancel: "Esc" },
  sound: { toggle: "F4, Ctrl+Space", back: "F2", loop: "L", slower: "−", faster: "+" },
  all: { undo: "Ctrl+Z", redo: "Ctrl+Y, Ctrl+Shift+Z", replace: "F", keys: "?" },
} as const;

export function KeysDialog({ close }: { close: () => void }) {
  const text = t.value.editing;
  return (
    <Dialog title={text.keys} close={close} wide>
      <p class="soft">{text.keysLead}</p>
      <div class="keys">
        {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => (
          <section key={group}>
            <h3>{text.keyGroups[group]}</h3>
            <dl>
              {Object.entries(GROUPS[group]).map(([name, keys]) => (
                <div key={name}>
                  <dt>{text.key[name as keyof typeof text.key]}</dt>
                  <dd>
                    {keys.split(", ").map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
