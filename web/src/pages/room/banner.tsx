/** What is wrong right now, in one line above the stage; nothing while all is well. */

import { Icon } from "../../components/icons";
import { t } from "../../locales";
import type { Call } from "../../state/call";
import { useMutedSpeaking } from "./muted";
import { useRoom } from "./use-room";

export function Banner({ call }: { call: Call }) {
  const speaking = useMutedSpeaking();
  const seated = useRoom(call, (room) => room.seat !== null);
  const text = words(call, seated) ?? (speaking ? t.value.room.mutedSpeaking : null);
  const advice = !text && call.advice.shown.value;
  return (
    <div class="banner" role="status" aria-live="polite">
      {text && (
        <p class="notice notice-warn">
          <Icon name="warning" />
          <span>{text}</span>
        </p>
      )}
      {advice && <Advised call={call} />}
    </div>
  );
}

function Advised({ call }: { call: Call }) {
  const text = t.value.mode;
  return (
    <p class="notice notice-warn advice">
      <Icon name="gauge" />
      <span>{text.advice}</span>
      <button type="button" class="button button-small" onClick={() => call.view.setMode("saving")}>
        {text.accept}
      </button>
      <button
        type="button"
        class="button button-quiet button-icon"
        aria-label={text.dismiss}
        title={text.dismiss}
        onClick={() => call.advice.dismiss()}
      >
        <Icon name="close" />
      </button>
    </p>
  );
}

function words(call: Call, seated: boolean): string | null {
  const text = t.value.room;
  const phase = call.phase.value;
  const health = call.path.health.value;
  if (phase === "waiting" || (phase !== "joined" && seated)) return text.offline;
  if (phase !== "joined") return text.entering;
  if (health === "ailing" || health === "restarting") return text.mediaAiling;
  return health === "flowing" ? null : text.mediaConnecting;
}
