/** The controls, and their keys: M microphone, C camera, T captions, P participants. */

import { useEffect, useState } from "preact/hooks";
import { Dialog } from "../../components/dialog";
import { Icon, type IconName } from "../../components/icons";
import { t } from "../../locales";
import { useServices } from "../../services";
import type { Call } from "../../state/call";
import type { Panel } from "./side";

interface Props {
  call: Call;
  panel: Panel | null;
  show: (panel: Panel | null) => void;
}

export function Bar({ call, panel, show }: Props) {
  const { local } = useServices();
  const [ending, setEnding] = useState(false);
  const text = t.value.room;
  const micOn = local.micOn.value;
  const cameraOn = local.cameraOn.value;
  const toggle = (which: Panel) => show(panel === which ? null : which);
  useKeys({
    m: () => void local.setMic(!local.micOn.peek()),
    c: () => void local.setCamera(!local.cameraOn.peek()),
    t: () => toggle("captions"),
    p: () => toggle("participants"),
  });
  const count = call.room.value.participants.size;
  return (
    <footer class="room-foot">
      <div class="bar" role="toolbar" aria-label={text.controls}>
        <Control
          icon={micOn ? "mic" : "mic-off"}
          label={micOn ? text.micOff : text.micOn}
          short={text.micShort}
          hotkey="M"
          off={!micOn}
          press={() => void local.setMic(!micOn)}
        />
        <Control
          icon={cameraOn ? "camera" : "camera-off"}
          label={cameraOn ? text.cameraOff : text.cameraOn}
          short={text.cameraShort}
          hotkey="C"
          off={!cameraOn}
          press={() => void local.setCamera(!cameraOn)}
        />
        <Control
          icon="captions"
          label={text.captions}
          short={text.captions}
          hotkey="T"
          pressed={panel === "captions"}
          press={() => toggle("captions")}
        />
        <Control
          icon="people"
          label={`${text.participants} ${count}`}
          short={`${text.participants} ${count}`}
          hotkey="P"
          pressed={panel === "participants"}
          press={() => toggle("participants")}
        />
        <span class="bar-gap" />
        <button
          type="button"
          class="button control control-leave"
          aria-label={text.leave}
          onClick={() => call.leave()}
        >
          <Icon name="leave" />
          <span>{text.leaveShort}</span>
        </button>
        {call.room.value.mayEnd && (
          <button
            type="button"
            class="button control control-end"
            aria-label={text.end}
            onClick={() => setEnding(true)}
          >
            <Icon name="stop" />
            <span>{text.endShort}</span>
          </button>
        )}
      </div>
      {ending && <EndDialog call={call} close={() => setEnding(false)} />}
    </footer>
  );
}

interface ControlProps {
  icon: IconName;
  label: string;
  short: string;
  hotkey: string;
  press: () => void;
  pressed?: boolean;
  off?: boolean;
}

function Control({ icon, label, short, hotkey, press, pressed, off = false }: ControlProps) {
  return (
    <button
      type="button"
      class={off ? "button control control-off" : "button control"}
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={hotkey}
      title={`${label} (${hotkey})`}
      onClick={press}
    >
      <Icon name={icon} />
      <span aria-hidden="true">{short}</span>
    </button>
  );
}

function EndDialog({ call, close }: { call: Call; close: () => void }) {
  const text = t.value.room;
  const [failed, setFailed] = useState(false);
  const end = () => {
    if (call.endForAll()) close();
    else setFailed(true);
  };
  return (
    <Dialog title={text.endTitle} close={close}>
      <p>{text.endDetail}</p>
      {failed && (
        <p class="notice notice-bad" role="alert">
          {text.offline}
        </p>
      )}
      <div class="buttons">
        <button type="button" class="button" onClick={close}>
          {t.value.app.cancel}
        </button>
        <button type="button" class="button button-main" onClick={end}>
          {text.endConfirm}
        </button>
      </div>
    </Dialog>
  );
}

/** Single keys act only while nobody types and no dialog is open. */
function useKeys(keys: Record<string, () => void>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement | null;
      const busy = target?.closest("input, select, textarea, dialog, [contenteditable]");
      if (busy || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      keys[event.key.toLowerCase()]?.();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
}
