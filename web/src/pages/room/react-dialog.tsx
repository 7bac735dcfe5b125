/** Choose a reaction. */

import { Dialog } from "../../components/dialog";
import { Icon } from "../../components/icons";
import { t } from "../../locales";
import type { React } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { SIGNS } from "./reactions";

export function ReactDialog({ call, close }: { call: Call; close: () => void }) {
  const text = t.value.gathering;
  const kinds = Object.keys(SIGNS) as React["kind"][];
  return (
    <Dialog title={text.react} close={close}>
      <div class="react-menu">
        {kinds.map((kind) => (
          <button
            key={kind}
            type="button"
            class="button"
            onClick={() => {
              call.ask({ type: "react", kind });
              close();
            }}
          >
            <Icon name={SIGNS[kind]} />
            {text.reactions[kind]}
          </button>
        ))}
      </div>
    </Dialog>
  );
}
