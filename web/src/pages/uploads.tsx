/** Recordings on their way to becoming meetings: how far each is, and what a person can do about it. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Upload, UploadPage } from "../api/types";
import { Dialog } from "../components/dialog";
import { codeOf, Problem, useLoaded } from "../components/feedback";
import { Icon } from "../components/icons";
import { fileSize } from "../format/size";
import { clockWithZone, longDate } from "../format/time";
import { language, t } from "../locales";
import { homeZone, mayPrepare, useServices } from "../services";
import { standing } from "../state/standing";
import "./uploads.css";

const LIVELY_MS = 2000;
const CALM_MS = 15_000;
const NONE: UploadPage = { items: [], most: 0 };

/** The office's uploads, looked at again and again while something moves. `became` is called when there is a new meeting. */
export function useUploads(became: () => void) {
  const { api, me } = useServices();
  const mine = mayPrepare(me.value);
  const loaded = useLoaded(async () => (mine ? api.uploads() : NONE), `uploads ${mine}`);
  const { items, most } = loaded.value ?? NONE;
  const lively = items.some((each) => each.state !== "failed");
  useEffect(() => {
    if (!mine) return;
    const look = () => document.visibilityState === "visible" && loaded.again();
    const timer = setInterval(look, lively ? LIVELY_MS : CALM_MS);
    return () => clearInterval(timer);
  }, [mine, lively]);
  const meetings = items.filter((each) => each.meeting_id).length;
  const known = useRef(0);
  useEffect(() => {
    if (meetings !== known.current) became();
    known.current = meetings;
  }, [meetings]);
  return { items, most, again: loaded.again };
}

export function UploadList({ items, again }: { items: Upload[]; again: () => void }) {
  const text = t.value.upload;
  if (items.length === 0) return null;
  return (
    <section class="meetings" aria-labelledby="kelompok-unggahan">
      <h2 id="kelompok-unggahan">{text.section}</h2>
      <ul class="card meetings-list">
        {items.map((upload) => (
          <UploadRow key={upload.id} upload={upload} again={again} />
        ))}
      </ul>
    </section>
  );
}

function UploadRow({ upload, again }: { upload: Upload; again: () => void }) {
  const { uploads, me } = useServices();
  const [refused, setRefused] = useState<string | null>(null);
  const text = t.value.upload;
  const now = standing(upload, uploads.now.value.get(upload.id) ?? null, text, language.value);
  const zone = homeZone(me.value);
  const until = upload.expires_at && longDate(new Date(upload.expires_at), zone, language.value);
  const held = new Date(upload.starts_at);
  return (
    <li class="meeting upload" id={`unggahan-${upload.id}`}>
      <div class="meeting-what">
        <h3>{upload.title}</h3>
        <p class="when numbers">
          <time dateTime={upload.starts_at}>
            {longDate(held, zone, language.value)}, {clockWithZone(held, zone)}
          </time>
        </p>
        <p class="meeting-facts">
          <span class="upload-file">{upload.file_name}</span>
          <span>{fileSize(upload.size, language.value)}</span>
          <span>{text.by(upload.uploaded_by)}</span>
        </p>
        <p class="upload-now numbers">
          {now.text}
          {now.left && <span class="soft"> · {now.left}</span>}
        </p>
        {upload.state !== "failed" && (
          <progress
            class="upload-progress"
            max={1}
            value={now.share}
            aria-label={text.progress(upload.title)}
          />
        )}
        {now.resumable && until && <p class="soft upload-hint">{text.expires(until)}</p>}
        {now.here && <p class="soft upload-hint">{text.keepOpen}</p>}
        {upload.cut_short && (
          <p class="notice notice-warn">
            <Icon name="warning" />
            <span>{text.cutShort}</span>
          </p>
        )}
        <Problem code={refused ?? now.problem} />
      </div>
      <UploadActions upload={upload} resumable={now.resumable} again={again} tell={setRefused} />
    </li>
  );
}

interface ActionsProps {
  upload: Upload;
  resumable: boolean;
  again: () => void;
  /** Why it could not be done; null when it could. */
  tell: (problem: string | null) => void;
}

function UploadActions({ upload, resumable, again, tell }: ActionsProps) {
  const { api, uploads } = useServices();
  const [asking, setAsking] = useState(false);
  const text = t.value.upload;
  const callOff = async () => {
    setAsking(false);
    uploads.stop(upload.id);
    try {
      await api.callOff(upload.id);
      tell(null);
    } catch (error) {
      tell(codeOf(error));
    }
    again();
  };
  const resume = (file: File | undefined) => {
    tell(null);
    if (file) uploads.begin(upload, file).catch((error) => tell(codeOf(error)));
  };
  return (
    <div class="meeting-actions">
      {resumable && (
        <label class="button button-file">
          {text.resume}
          <input
            type="file"
            class="visually-hidden"
            onChange={(event) => resume(event.currentTarget.files?.[0])}
          />
        </label>
      )}
      {(upload.state === "receiving" || upload.state === "preparing") && (
        <button type="button" class="button" onClick={() => setAsking(true)}>
          {text.callOff}
        </button>
      )}
      {upload.state === "failed" && (
        <button type="button" class="button" onClick={callOff}>
          {text.dismiss}
        </button>
      )}
      {upload.meeting_id && (
        <a class="button" href={`/arsip/${upload.meeting_id}`}>
          {t.value.meetings.transcript}
        </a>
      )}
      {asking && <Confirm close={() => setAsking(false)} confirmed={callOff} />}
    </div>
  );
}

function Confirm({ close, confirmed }: { close: () => void; confirmed: () => void }) {
  const text = t.value.upload;
  return (
    <Dialog title={text.confirmTitle} close={close}>
      <p>{text.confirm}</p>
      <div class="buttons">
        <button type="button" class="button" onClick={close}>
          {text.keep}
        </button>
        <button type="button" class="button button-main" onClick={confirmed}>
          {text.confirmed}
        </button>
      </div>
    </Dialog>
  );
}
