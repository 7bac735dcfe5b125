/** The controls, and their keys: M microphone, C camera, L screen, A hand, I interruption, D data saving, T captions,
 * P participants, G agenda, O chat, E reactions, R lead. */

import { useState } from "preact/hooks";
import { Icon } from "../../components/icons";
import { useKeys } from "../../components/keys";
import { t } from "../../locales";
import { canCapture } from "../../media/capture";
import { useServices } from "../../services";
import type { Call } from "../../state/call";
import { unread } from "../../state/chat";
import { silenced, turn } from "../../state/floor";
import { Control } from "./control";
import { EndForAll, Lead, leads } from "./lead";
import { ModeDialog } from "./mode-dialog";
import { ReactDialog } from "./react-dialog";
import type { Panel } from "./side";
import { useRoom } from "./use-room";
import "./bar.css";

interface Props {
  call: Call;
  panel: Panel | null;
  show: (panel: Panel | null) => void;
}

export function Bar({ call, panel, show }: Props) {
  const [asked, ask] = useState<"end" | "mode" | "lead" | "react" | null>(null);
  const mayEnd = useRoom(call, (room) => room.may.has("end"));
  const text = t.value.room;
  const mode = t.value.mode.names[call.view.mode.value];
  const close = () => ask(null);
  const leading = useRoom(call, (room) => leads(room.may));
  const reacts = useRoom(call, (room) => room.may.has("react"));
  useKeys({ d: () => ask("mode"), r: () => leading && ask("lead"), e: () => reacts && ask("react") });
  return (
    <footer class="room-foot">
      <div class="bar" role="toolbar" aria-label={text.controls}>
        <Devices call={call} />
        {canCapture() && <ShareControl call={call} />}
        <Hand call={call} />
        {reacts && (
          <Control
            icon="smile"
            label={t.value.gathering.react}
            short={t.value.gathering.react}
            hotkey="E"
            press={() => ask("react")}
          />
        )}
        <Control
          icon="gauge"
          label={t.value.mode.label(mode)}
          short={mode}
          hotkey="D"
          press={() => ask("mode")}
        />
        <Panels call={call} panel={panel} show={show} />
        {leading && (
          <Control
            icon="gavel"
            label={t.value.leading.lead}
            short={t.value.leading.leadShort}
            hotkey="R"
            press={() => ask("lead")}
          />
        )}
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
      {asked === "end" && <EndForAll call={call} close={close} />}
      {asked === "lead" && <Lead call={call} close={close} />}
      {asked === "react" && <ReactDialog call={call} close={close} />}
      {asked === "mode" && <ModeDialog call={call} close={close} />}
    </footer>
  );
}

function Devices({ call }: { call: Call }) {
  const { local } = useServices();
  const text = t.value.room;
  const micOn = local.micOn.value;
  const silent = useRoom(call, (room) => silenced(room.floor, room.may, room.seat));
  const blocked = micOn ? null : silent;
  const why = blocked && (blocked === "locked" ? t.value.floor.lockedMine : t.value.floor.observer);
  const held = local.cameraHeld.value;
  const cameraOn = local.cameraOn.value && !held;
  const turnMic = () => void (blocked || local.setMic(!local.micOn.peek()));
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
        blocked={why}
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

/** A hand that is up shows its place. */
function Hand({ call }: { call: Call }) {
  const text = t.value.floor;
  const place = useRoom(call, (room) => turn(room.floor, room.seat));
  const seat = useRoom(call, (room) => room.seat);
  const raises = useRoom(call, (room) => room.may.has("raise_hand"));
  const press = () =>
    void call.ask(place === null ? { type: "raise_hand" } : { type: "lower_hand", seat: seat ?? "" });
  useKeys({
    a: () => raises && press(),
    i: () => raises && call.ask({ type: "raise_hand", request: "interrupt" }),
  });
  if (!raises) return null;
  return (
    <Control
      icon="hand"
      label={place === null ? text.raise : `${text.lower}: ${text.place(place)}`}
      short={text.short}
      hotkey="A"
      look={place === null ? undefined : "on"}
      badge={place}
      press={press}
    />
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
  const hands = useRoom(call, (room) => room.floor.hands.length);
  const people = hands
    ? `${text.participants} ${count}. ${t.value.floor.title(hands)}`
    : `${text.participants} ${count}`;
  const read = call.read.value;
  const fresh = useRoom(call, (room) => unread(room.chat, read), read);
  const toggle = (which: Panel) => show(panel === which ? null : which);
  useKeys({
    t: () => toggle("captions"),
    p: () => toggle("participants"),
    g: () => toggle("agenda"),
    o: () => toggle("chat"),
  });
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
        label={people}
        badge={hands}
        short={`${text.participants} ${count}`}
        hotkey="P"
        pressed={panel === "participants"}
        press={() => toggle("participants")}
      />
      <Control
        icon="agenda"
        label={t.value.leading.agendaTitle}
        short={t.value.leading.agenda}
        hotkey="G"
        pressed={panel === "agenda"}
        press={() => toggle("agenda")}
      />
      <Control
        icon="chat"
        label={fresh ? `${t.value.chat.title}. ${t.value.chat.unread(fresh)}` : t.value.chat.title}
        badge={fresh}
        short={t.value.chat.title}
        hotkey="O"
        pressed={panel === "chat"}
        press={() => toggle("chat")}
      />
    </>
  );
}
