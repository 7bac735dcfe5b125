/** Before the room: see oneself, hear oneself, know that it is recorded, choose how to enter. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Meeting } from "../api/types";
import { DeviceProblem, DeviceSelect, LevelMeter } from "../components/devices";
import { codeOf, Failed, Loading, Problem, useLoaded } from "../components/feedback";
import { Icon } from "../components/icons";
import { SoundTest } from "../components/sound-test";
import { useTitle } from "../components/title";
import { withPosition } from "../format/people";
import { t } from "../locales";
import { useServices } from "../services";
import { When } from "./meeting-card";
import "./pre-join.css";

const LOOK_AGAIN_MS = 4000;

export function PreJoin({ meeting }: { meeting: string }) {
  const { api } = useServices();
  const loaded = useLoaded(() => api.meeting(meeting), meeting);
  useTitle(loaded.value?.title);
  const waiting = loaded.value?.state === "scheduled";
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(loaded.again, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [waiting]);
  if (!loaded.value) {
    if (!loaded.failed) return <Loading />;
    const back = { href: "/rapat", label: t.value.pre.back };
    return <Failed code={loaded.failed} retry={loaded.again} back={back} />;
  }
  return (
    <>
      <a class="back" href="/rapat">
        <Icon name="back" />
        {t.value.pre.back}
      </a>
      <h1>{loaded.value.title}</h1>
      <When meeting={loaded.value} />
      {loaded.value.state === "ended" ? <Over meeting={loaded.value} /> : <Ready meeting={loaded.value} />}
    </>
  );
}

function Over({ meeting }: { meeting: Meeting }) {
  return (
    <>
      <p class="notice">{t.value.pre.over}</p>
      <a class="button" href={`/arsip/${meeting.id}`}>
        {t.value.meetings.transcript}
      </a>
    </>
  );
}

function Ready({ meeting }: { meeting: Meeting }) {
  const { local, router, entry, me } = useServices();
  const [shared, setShared] = useState(false);
  const text = t.value.pre;
  const person = me.value;
  const entered = useRef(false);
  // Before the first paint, or the button could be pressed for a moment while devices are being asked for.
  useLayoutEffect(() => {
    void local.prepare();
    return () => {
      // Whoever goes elsewhere takes no open camera along; the room takes over what is open.
      if (!entered.current) local.close();
    };
  }, [local]);
  const guest = person?.guest_of != null;
  const [consent, setConsent] = useState<Consent | null>(null);
  const join = () => {
    entered.current = true;
    entry.value = { meeting: meeting.id, shared, recorded: consent !== "refused" };
    router.go(`/rapat/${meeting.id}/ruang`);
  };
  return (
    <div class="pre">
      <Preview />
      <section class="card pre-side" aria-label={text.title}>
        <p class="notice notice-warn pre-notice">
          <span class="recording" aria-hidden="true" />
          {text.notice}
        </p>
        <DeviceSelect device="mic" label={text.mic} />
        <LevelMeter />
        <SoundTest />
        <DeviceProblem device="mic" />
        <DeviceSelect device="camera" label={text.camera} />
        <DeviceProblem device="camera" />
        <label class="check pre-shared">
          <input
            type="checkbox"
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          <span>
            {text.shared}
            <small>{text.sharedHint}</small>
          </span>
        </label>
        {guest && <ConsentField consent={consent} choose={setConsent} />}
        <Join meeting={meeting} join={join} unread={guest && consent === null} />
        {person && <p class="pre-as">{text.as(withPosition(person.name, person.position))}</p>}
      </section>
    </div>
  );
}

type Consent = "given" | "refused";

/** Asked of guests only: whoever takes part in office attends what is recorded. */
function ConsentField({ consent, choose }: { consent: Consent | null; choose: (consent: Consent) => void }) {
  const text = t.value.pre;
  return (
    <fieldset class="pre-consent">
      <legend>{text.consent}</legend>
      {(["given", "refused"] as const).map((each) => (
        <label key={each} class="check">
          <input type="radio" name="consent" checked={consent === each} onChange={() => choose(each)} />
          <span>
            {text.consents[each]}
            {each === "refused" && <small>{text.refusedHint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Preview() {
  const { local } = useServices();
  const video = useRef<HTMLVideoElement>(null);
  const text = t.value;
  const camera = local.camera.value;
  useEffect(() => {
    if (video.current) video.current.srcObject = camera ? new MediaStream([camera]) : null;
  }, [camera]);
  const micOn = local.micOn.value;
  const cameraOn = local.cameraOn.value;
  return (
    <section class="preview" aria-label={text.pre.preview}>
      <video ref={video} autoplay muted playsInline hidden={!camera} />
      {!camera && <p class="preview-empty">{local.asking.value ? text.pre.asking : text.pre.cameraOff}</p>}
      <div class="preview-buttons">
        <button
          type="button"
          class={micOn ? "round" : "round round-off"}
          aria-label={micOn ? text.room.micOff : text.room.micOn}
          title={micOn ? text.room.micOff : text.room.micOn}
          onClick={() => void local.setMic(!micOn)}
        >
          <Icon name={micOn ? "mic" : "mic-off"} />
        </button>
        <button
          type="button"
          class={cameraOn ? "round" : "round round-off"}
          aria-label={cameraOn ? text.room.cameraOff : text.room.cameraOn}
          title={cameraOn ? text.room.cameraOff : text.room.cameraOn}
          onClick={() => void local.setCamera(!cameraOn)}
        >
          <Icon name={cameraOn ? "camera" : "camera-off"} />
        </button>
      </div>
    </section>
  );
}

function Join({ meeting, join: enter, unread }: { meeting: Meeting; join: () => void; unread: boolean }) {
  const { api, local } = useServices();
  const [problem, setProblem] = useState<string | null>(null);
  const text = t.value;
  const join = () => (unread ? setProblem("notice_unread") : enter());
  // Whoever opens the meeting is in it at once: a second button for the same wish would only be waited at.
  const start = () => api.open(meeting.id).then(join, (error) => setProblem(codeOf(error)));
  if (!meeting.may.join && meeting.state === "open") return <Problem code="forbidden" />;
  if (meeting.state === "scheduled")
    return (
      <>
        <Problem code={problem} />
        {meeting.may.open ? (
          <button
            type="button"
            class="button button-main pre-join"
            disabled={local.asking.value}
            onClick={start}
          >
            {text.meetings.start}
          </button>
        ) : (
          <p class="notice" role="status">
            {text.pre.notYet}
          </p>
        )}
      </>
    );
  const deaf = !local.mic.value && local.problems.value.mic !== undefined;
  return (
    <>
      <Problem code={problem} />
      <button type="button" class="button button-main pre-join" disabled={local.asking.value} onClick={join}>
        {deaf ? text.pre.listen : text.pre.join}
      </button>
    </>
  );
}
