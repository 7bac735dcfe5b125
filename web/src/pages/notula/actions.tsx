/** What this person may do with the notula now; nothing else is offered. */

import { useState } from "preact/hooks";
import type { Move } from "../../api/notula";
import { words } from "../../locales/notula-pages";
import { useDesk } from "./desk";
import { DutiesDialog } from "./duties-dialog";
import { MoveDialog, RedraftDialog } from "./move-dialog";
import { SignDialog } from "./sign-dialog";

/** The step forward first, then the others. */
const MOVES: readonly Move[] = [
  "submit",
  "initial",
  "approve",
  "archive",
  "close_window",
  "return",
  "amend",
  "revoke",
];
const FORWARD = new Set<Move>(["submit", "approve", "archive", "initial"]);

type Asked = Move | "sign" | "assign" | "redraft";

export function Actions() {
  const { manuscript } = useDesk();
  const [asked, setAsked] = useState<Asked | null>(null);
  const text = words.value;
  const { may, state } = manuscript.notula.value;
  const close = () => setAsked(null);
  const offered = MOVES.filter((move) => may[move]);
  const main = may.sign ? "sign" : offered.find((move) => FORWARD.has(move));
  return (
    <div class="buttons notula-actions">
      {may.sign && (
        <button type="button" class="button button-main" onClick={() => setAsked("sign")}>
          {text.sign}
        </button>
      )}
      {offered.map((move) => (
        <button
          key={move}
          type="button"
          class={move === main ? "button button-main" : "button"}
          onClick={() => setAsked(move)}
        >
          {text.moves[move]}
        </button>
      ))}
      {may.assign && (
        <button type="button" class="button" onClick={() => setAsked("assign")}>
          {text.duties}
        </button>
      )}
      {may.edit && state === "machine_draft" && (
        <button type="button" class="button button-main" onClick={() => void manuscript.adopt()}>
          {text.adopt}
        </button>
      )}
      {may.draft && (
        <button type="button" class="button" onClick={() => setAsked("redraft")}>
          {text.redraft}
        </button>
      )}
      {asked === "sign" && <SignDialog close={close} />}
      {asked === "assign" && <DutiesDialog close={close} />}
      {asked === "redraft" && <RedraftDialog close={close} />}
      {asked && asked !== "sign" && asked !== "assign" && asked !== "redraft" && (
        <MoveDialog move={asked} close={close} />
      )}
    </div>
  );
}
