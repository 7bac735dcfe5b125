/** The controls, and their keys: M microphone, C camera, L screen, D data saving, T captions, P participants. */

import { useState } from "preact/hooks";
import { Dialog } from "../../components/dialog";
import { Icon } from "../../components/icons";
import { useKeys } from "../../components/keys";
import { t } from "../../locales";
import { canCapture } from "../../media/capture";
import { useServices } from "../../services";
import type { Call } from "../../state/call";
import { Control } from "./control";
import { ModeDialog } from "./mode-dialog";
import type { Panel } from "./side";
import { useRoom } from "./use-room";
import "./bar.css";

interface Props {
  call: Call;
  panel: Panel | null;
  show: (panel: Panel | null) => void;
}

export function Bar({ call, panel, show }: Props) {
  const [asked, ask] = useState<"end" | "mode" | null>(null);
  const mayEnd = useRoom(call, (room) => room.mayEnd);
  const text = t.value.room;
  const mode = t.value.mode.names[call.view.mode.value];
  const close = () => ask(null);
  useKeys({ d: () => ask("mode") });
  return (
    <footer class="room-foot">
      <div class="bar" role="toolbar" aria-label={text.controls}>
        <Devices />
        {canCapture() && <ShareControl call={call} />}
        <Control
          icon="gauge"
          label={t.value.mode.label(mode)}
          short={mode}
          hotkey="D"
          press={() => ask("mode")}
        />
        <Panels call={call} panel={panel} show={show} />
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
        {mayEnd && (
          <button
            type="button"
            class="button control control-end"
            aria-label={text.end}
            onClick={() => ask("end")}
          >
            <Icon name="stop" />
            <span>{text.endShort}</span>
          </button>
        )}
      </div>
      {asked === "end" && <EndDialog call={call} close={close} />}
      {asked === "mode" && <ModeDialog call={call} close={close} />}
    </footer>
  );
}

function Devices() {
  const { local } = useServices();
  const text = t.value.room;
  const micOn = local.micOn.value;
  const held = local.cameraHeld.value;
  const cameraOn = local.cameraOn.value && !held;
  const turnMic = () => void local.setMic(!local.micOn.peek());
  const turnCamera = () => void (held || local.setCamera(!local.cameraOn.peek()));
  useKeys({ m: turnMic, c: turnCamera });
  return (
    <>
      <Control
        icon={micOn ? "mic" : "mic-off"}
        label={micOn ? text.micOff : text.micOn}
        short={text.micShort}
        hotkey="M"
        look={micOn ? undefined : "off"}
        press={turnMic}
      />
      <Control
        icon={cameraOn ? "camera" : "camera-off"}
        label={cameraOn ? text.cameraOff : text.cameraOn}
        short={text.cameraShort}
        hotkey="C"
        look={cameraOn ? undefined : "off"}
        blocked={held ? t.value.mode.cameraHeld : null}
        press={turnCamera}
      />
    </>
  );
}

function ShareControl({ call }: { call: Call }) {
  const text = t.value.room;
  const on = call.share.picture.value !== null;
  const turn = () => (call.share.picture.peek() ? call.share.stop() : void call.share.start());
  useKeys({ l: turn });
  return (
    <Control
      icon={on ? "screen-stop" : "screen"}
      label={on ? text.shareStop : text.share}
      short={on ? text.shareStopShort : text.shareShort}
      hotkey="L"
      look={on ? "on" : undefined}
      press={turn}
    />
  );
}

function Panels({ call, panel, show }: Props) {
  const text = t.value.room;
  const count = useRoom(call, (room) => room.participants.size);
  const toggle = (which: Panel) => show(panel === which ? null : which);
  useKeys({ t: () => toggle("captions"), p: () => toggle("participants") });
  return (
    <>
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
    </>
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
