/** A shared screen, as large as the stage allows; its text can be read at its own size, or on the whole display. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "../../components/icons";
import type { Area } from "../../components/layout";
import { t } from "../../locales";
import type { Participant } from "../../protocol/messages";
import type { Call } from "../../state/call";
import { screenSlot } from "../../state/room";
import { SlotVideo } from "./slot-video";
import { shownName } from "./tile";
import { useRoom } from "./use-room";
import "./screen.css";

export function Screen({ call, person, area }: { call: Call; person: Participant; area: Area }) {
  const slot = useRoom(call, screenSlot);
  const figure = useRef<HTMLElement>(null);
  const [actual, setActual] = useState(false);
  const [visible, setVisible] = useState(false);
  const text = t.value.screen;
  const title = text.of(shownName(person));
  return (
    <figure
      ref={figure}
      class={actual ? "screen screen-actual" : "screen"}
      style={{ width: `${area.width}px`, height: `${area.height}px` }}
      aria-label={title}
      data-screen={person.seat}
    >
      {/* A box that scrolls must take the keyboard. */}
      <div class="screen-view" tabIndex={actual ? 0 : undefined}>
        <SlotVideo
          call={call}
          slot={slot}
          seat={person.seat}
          of="screens"
          wanted={!person.away}
          class="screen-picture"
          appeared={setVisible}
        />
      </div>
      {!visible && (
        <p class="screen-wait">
          <Icon name="screen" />
          {slot?.paused ? t.value.room.pausedSlow : text.waiting}
        </p>
      )}
      <figcaption class="screen-foot">
        <span class="screen-name" title={title}>
          {title}
        </span>
        <Action
          icon={actual ? "fit" : "zoom"}
          label={actual ? text.fit : text.actual}
          press={() => setActual(!actual)}
        />
        <Fullscreen of={figure} />
      </figcaption>
    </figure>
  );
}

function Fullscreen({ of }: { of: { current: HTMLElement | null } }) {
  const [full, setFull] = useState(false);
  useEffect(() => {
    const look = () => setFull(document.fullscreenElement !== null);
    document.addEventListener("fullscreenchange", look);
    return () => document.removeEventListener("fullscreenchange", look);
  }, []);
  if (!document.fullscreenEnabled) return null;
  // Refused where the browser wants another touch first: the button is still there.
  const press = () =>
    void (full ? document.exitFullscreen() : of.current?.requestFullscreen())?.catch(() => undefined);
  const text = t.value.screen;
  return (
    <Action
      icon={full ? "shrink" : "expand"}
      label={full ? text.fullscreenOff : text.fullscreen}
      press={press}
    />
  );
}

function Action({ icon, label, press }: { icon: IconName; label: string; press: () => void }) {
  return (
    <button
      type="button"
      class="button button-quiet screen-action"
      aria-label={label}
      title={label}
      onClick={press}
    >
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}

/** Said to whoever shares, with what the others see: nobody shares a screen unawares. */
export function OwnScreen({ call }: { call: Call }) {
  const video = useRef<HTMLVideoElement>(null);
  const picture = call.share.picture.value;
  const sound = call.share.sound.value;
  useEffect(() => {
    if (video.current) video.current.srcObject = picture ? new MediaStream([picture]) : null;
  }, [picture]);
  const text = t.value.screen;
  return (
    <div class={picture ? "own-screen" : "own-screen own-screen-none"}>
      {picture && <video ref={video} autoplay muted playsInline aria-label={text.preview} />}
      <p role="status">
        {picture && (
          <>
            <strong>{text.own}</strong>
            <small>{sound ? text.ownSound : text.ownSilent}</small>
          </>
        )}
      </p>
    </div>
  );
}
