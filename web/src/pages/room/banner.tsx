/** What is wrong right now, in one line above the stage; nothing while all is well. */

import { Icon } from "../../components/icons";
import { problemText, t } from "../../locales";
import type { Call } from "../../state/call";
import { useMutedSpeaking } from "./muted";

export function Banner({ call }: { call: Call }) {
  const speaking = useMutedSpeaking();
  const text = words(call) ?? (speaking ? t.value.room.mutedSpeaking : null);
  return (
    <div class="banner" role="status" aria-live="polite">
      {text && (
        <p class="notice notice-warn">
          <Icon name="warning" />
          <span>{text}</span>
        </p>
      )}
    </div>
  );
}

function words(call: Call): string | null {
  const text = t.value.room;
  const phase = call.phase.value;
  const health = call.path.health.value;
  const refusal = call.refusal.value;
  if (phase === "waiting" || (phase !== "joined" && call.room.value.seat !== null)) return text.offline;
  if (phase !== "joined") return text.entering;
  if (health === "ailing" || health === "restarting") return text.mediaAiling;
  if (health !== "flowing") return text.mediaConnecting;
  return refusal ? problemText(refusal.code, t.value) : null;
}
