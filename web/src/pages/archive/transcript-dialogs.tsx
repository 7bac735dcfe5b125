/** The dialog that is open over a transcript, if any: at most one. */

import { useEffect, useMemo } from "preact/hooks";
import { speakers } from "../../state/turns";
import { ConflictDialog } from "./conflict-dialog";
import { useDesk } from "./desk";
import { HistoryDialog } from "./history-dialog";
import { KeysDialog } from "./keys-dialog";
import { RedactDialog } from "./redact-dialog";
import { ReplaceDialog } from "./replace-dialog";
import { SpeakerDialog } from "./speaker-dialog";

export function TranscriptDialogs({ meeting }: { meeting: string }) {
  const { asking, editing, deciding } = useDesk();
  const asked = asking.value;
  const clash = editing?.clash.value ?? null;
  const busy = editing !== null && editing.open.value !== null;
  // A new disagreement is shown when it comes, but not over what somebody types elsewhere.
  useEffect(() => {
    if (clash) deciding.value = true;
  }, [clash?.kept.edit.id]);
  const close = () => {
    asking.value = null;
  };
  if (editing && clash && deciding.value && !busy && !asked)
    return (
      <ConflictDialog
        key={clash.kept.edit.id}
        editing={editing}
        clash={clash}
        close={() => {
          deciding.value = false;
        }}
      />
    );
  if (!asked) return null;
  switch (asked.what) {
    case "history":
      return <History line={asked.line.id} close={close} />;
    case "speaker":
      return <Speaker line={asked.line.id} close={close} />;
    case "redact":
      return <RedactDialog line={asked.line} start={asked.start} end={asked.end} close={close} />;
    case "replace":
      return <ReplaceDialog meeting={meeting} close={close} />;
    case "keys":
      return <KeysDialog close={close} />;
  }
}

interface OfLine {
  line: string;
  close: () => void;
}

/** Of the line as it stands while the dialog is open; gone with it. */
function useLine(id: string) {
  const { lines } = useDesk();
  return lines().find((line) => line.id === id);
}

function History({ line, close }: OfLine) {
  const now = useLine(line);
  return now ? <HistoryDialog line={now} close={close} /> : null;
}

function Speaker({ line, close }: OfLine) {
  const { lines } = useDesk();
  const now = useLine(line);
  const known = useMemo(() => speakers(lines()), []);
  return now ? <SpeakerDialog line={now} known={known} close={close} /> : null;
}
