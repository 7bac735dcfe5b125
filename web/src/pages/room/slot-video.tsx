/** The picture of a slot, shown only while packets and slot map agree whose it is. */

import { useEffect, useRef, useState } from "preact/hooks";
import { agrees, latest } from "../../media/agreement";
import type { Frames } from "../../media/diagnostics";
import type { Slot } from "../../protocol/messages";
import type { Call } from "../../state/call";

const LOOK_EVERY_MS = 150;

interface Props {
  call: Call;
  slot: Slot | undefined;
  /** Under whose name the picture stands, and in which count its frames go. */
  seat: string;
  of: keyof Frames;
  /** Whether it may be shown, as far as the room knows. */
  wanted: boolean;
  class: string;
  /** Told when the picture appears and disappears. */
  appeared?: (visible: boolean) => void;
}

export function SlotVideo({ call, slot, seat, of, wanted, class: name, appeared }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const connection = call.connection.value;
  const receiver = slot && connection ? connection.receiver(slot.mid) : undefined;
  const agreed = useAgreement(receiver, slot);
  const visible = agreed && wanted && slot?.seat === seat && !slot.paused;
  useEffect(() => {
    if (video.current) video.current.srcObject = receiver ? new MediaStream([receiver.track]) : null;
  }, [receiver]);
  useEffect(() => {
    const element = video.current;
    if (!element || !visible) return;
    return everyFrame(element, () => call.countFrame(seat, of));
  }, [visible, seat]);
  useEffect(() => appeared?.(visible), [visible]);
  return <video ref={video} class={name} autoplay muted playsInline hidden={!visible} />;
}

/** Looks several times a second: a picture must go at once when its slot changes hands. */
function useAgreement(receiver: RTCRtpReceiver | undefined, slot: Slot | undefined): boolean {
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
