/** Plays every sound slot. Browsers may hold sound back until the person has touched the page: then a button asks. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../components/icons";
import { t } from "../../locales";
import type { Call } from "../../state/call";

export function Sounds({ call }: { call: Call }) {
  const holder = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState(false);
  const connection = call.connection.value;
  const play = () => {
    const sounds = [...(holder.current?.querySelectorAll("audio") ?? [])];
    Promise.all(sounds.map((sound) => sound.play())).then(
      () => setHeld(false),
      (error) => setHeld(error?.name === "NotAllowedError"),
    );
  };
  useEffect(() => {
    const sounds = holder.current?.querySelectorAll("audio") ?? [];
    connection?.sounds.forEach((track, index) => {
      const sound = sounds[index];
      if (sound) sound.srcObject = new MediaStream([track]);
    });
    if (connection) play();
  }, [connection]);
  return (
    <>
      <div ref={holder} hidden>
        {connection?.sounds.map((track) => (
          // biome-ignore lint/a11y/useMediaCaption: the captions panel beside the stage
          <audio key={track.id} autoplay />
        ))}
      </div>
      {held && (
        <div class="sound-held" role="alert">
          <span>{t.value.room.soundHint}</span>
          <button type="button" class="button button-main" onClick={play}>
            <Icon name="sound" />
            {t.value.room.sound}
          </button>
        </div>
      )}
    </>
  );
}
