/** One participant: their picture while there is one to show, else their initials. */

import { useEffect, useRef } from "preact/hooks";
import { ConnectionMark } from "../../components/connection-mark";
import { Icon } from "../../components/icons";
import { hue, initials, tileName, withPosition } from "../../format/people";
import { t } from "../../locales";
import type { Participant } from "../../protocol/messages";
import { useServices } from "../../services";
import type { Call } from "../../state/call";
import { turn } from "../../state/floor";
import { cameraSlot } from "../../state/room";
import { PinButton } from "./pin-button";
import { SlotVideo } from "./slot-video";
import { useRoom } from "./use-room";
import "./tile.css";

const COLOURS = 6;

export function Tile({ call, seat }: { call: Call; seat: string }) {
  const person = useRoom(call, (room) => room.participants.get(seat));
  const own = useRoom(call, (room) => room.seat === seat);
  const heard = useRoom(call, (room) => room.speaking.includes(seat));
  if (!person) return null;
  const speaking = heard && person.mic;
  const name = shownName(person);
  return (
    <figure class={speaking ? "tile tile-speaking" : "tile"} data-seat={seat}>
      <div class={`avatar avatar-${hue(person.name, COLOURS)}`} aria-hidden="true">
        <span>{initials(person.name)}</span>
      </div>
      {own ? <OwnPicture /> : <Picture call={call} person={person} />}
      <RaisedHand call={call} seat={seat} />
      {person.away && <p class="tile-away">{t.value.room.away}</p>}
      <Name call={call} person={person} own={own} speaking={speaking} />
      {!own && <PinButton call={call} seat={seat} name={name} />}
    </figure>
  );
}

function RaisedHand({ call, seat }: { call: Call; seat: string }) {
  const place = useRoom(call, (room) => turn(room.floor, seat));
  if (place === null) return null;
  return (
    <p class="tile-hand">
      <Icon name="hand" />
      <span aria-hidden="true">{place}</span>
      <span class="visually-hidden">{t.value.floor.place(place)}</span>
    </p>
  );
}

/** A hall is called by its office; who sits there is named by `companyOf`. */
export function shownName(person: Participant): string {
  return person.shared ? person.office : tileName(person);
}

/** Who sits at a shared device, as far as that is known. */
export function companyOf(person: Participant): string {
  return person.company.map((each) => each.name).join(", ") || t.value.room.shared;
}

interface NameProps {
  call: Call;
  person: Participant;
  own: boolean;
  speaking: boolean;
}

function Name({ call, person, own, speaking }: NameProps) {
  const quality = useRoom(call, (room) => room.quality.get(person.seat));
  const text = t.value.room;
  const states = [own && text.you, speaking && text.speaking, !person.mic && text.muted];
  const name = person.shared ? `${shownName(person)} ${companyOf(person)}` : shownName(person);
  return (
    <figcaption class="tile-name">
      {!person.mic && <Icon name="mic-off" />}
      <span title={name}>
        <span class="tile-office">[{person.office}] </span>
        {person.shared ? companyOf(person) : withPosition(person.name, person.position)}
      </span>
      <span class="visually-hidden">{states.filter(Boolean).join(", ")}</span>
      {own && (
        <span class="tile-own" aria-hidden="true">
          {text.you}
        </span>
      )}
      {quality !== undefined && <ConnectionMark quality={quality} />}
    </figcaption>
  );
}

function OwnPicture() {
  const { local } = useServices();
  const video = useRef<HTMLVideoElement>(null);
  const camera = local.cameraOn.value ? local.camera.value : null;
  useEffect(() => {
    if (video.current) video.current.srcObject = camera ? new MediaStream([camera]) : null;
  }, [camera]);
  return <video ref={video} class="picture picture-own" autoplay muted playsInline hidden={!camera} />;
}

function Picture({ call, person }: { call: Call; person: Participant }) {
  const slot = useRoom(call, (room) => cameraSlot(room, person.seat), person.seat);
  const mode = call.view.mode.value;
  const wanted = person.camera && !person.away && mode !== "audio";
  const text = t.value.room;
  return (
    <>
      <SlotVideo call={call} slot={slot} seat={person.seat} of="shown" wanted={wanted} class="picture" />
      {wanted && slot?.paused && <p class="tile-paused">{mode === "full" ? text.pausedSlow : text.paused}</p>}
    </>
  );
}
