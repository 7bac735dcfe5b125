/** One participant: their picture while packets and slot map agree whose it is, else their initials. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../components/icons";
import { hue, initials, tileName, withPosition } from "../../format/people";
import { t } from "../../locales";
import { agrees, latest } from "../../media/agreement";
import type { Participant } from "../../protocol/messages";
import { useServices } from "../../services";
import type { Call } from "../../state/call";
import { cameraSlot } from "../../state/room";

const LOOK_EVERY_MS = 150;
const COLOURS = 6;

export function Tile({ call, seat }: { call: Call; seat: string }) {
  const room = call.room.value;
  const person = room.participants.get(seat);
  if (!person) return null;
  const own = seat === room.seat;
  const speaking = room.speaking.includes(seat) && person.mic;
  const name = person.shared ? `[${person.office}] ${t.value.room.shared}` : tileName(person);
  const states = [
    own && t.value.room.you,
    speaking && t.value.room.speaking,
    !person.mic && t.value.room.muted,
  ];
  return (
    <figure class={speaking ? "tile tile-speaking" : "tile"} data-seat={seat}>
      <div class={`avatar avatar-${hue(person.name, COLOURS)}`} aria-hidden="true">
        <span>{initials(person.name)}</span>
      </div>
      {own ? <OwnPicture /> : <Picture call={call} person={person} />}
      {person.away && <p class="tile-away">{t.value.room.away}</p>}
      <figcaption class="tile-name">
        {!person.mic && <Icon name="mic-off" />}
        <span title={withPosition(name, null)}>{name}</span>
        <span class="visually-hidden">{states.filter(Boolean).join(", ")}</span>
        {own && (
          <span class="tile-own" aria-hidden="true">
            {t.value.room.you}
          </span>
        )}
      </figcaption>
    </figure>
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
  const video = useRef<HTMLVideoElement>(null);
  const slot = cameraSlot(call.room.value, person.seat);
  const connection = call.connection.value;
  const receiver = slot && connection ? connection.receiver(slot.mid) : undefined;
  const agreed = useAgreement(receiver, slot);
  const visible = agreed && person.camera && !person.away;
  useEffect(() => {
    if (video.current) video.current.srcObject = receiver ? new MediaStream([receiver.track]) : null;
  }, [receiver]);
  useEffect(() => {
    const element = video.current;
    if (!element || !visible) return;
    return everyFrame(element, () => call.countFrame(person.seat));
  }, [visible, person.seat]);
  return <video ref={video} class="picture" autoplay muted playsInline hidden={!visible} />;
}

/** Looks several times a second: a picture must go at once when its slot changes hands. */
function useAgreement(receiver: RTCRtpReceiver | undefined, slot: Parameters<typeof agrees>[0]): boolean {
  const [playing, setPlaying] = useState<number | null>(null);
  useEffect(() => {
    setPlaying(null);
    if (!receiver) return;
    const look = () => setPlaying(latest(receiver.getContributingSources()));
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [receiver]);
  return agrees(slot, playing);
}

function everyFrame(video: HTMLVideoElement, shown: () => void): () => void {
  let handle = 0;
  const next = () => {
    handle = video.requestVideoFrameCallback(() => {
      shown();
      next();
    });
  };
  next();
  return () => video.cancelVideoFrameCallback(handle);
}
