import type { TargetedSubmitEvent } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Upload } from "../api/types";
import { Dialog } from "../components/dialog";
import { codeOf, Problem } from "../components/feedback";
import { ZoneField } from "../components/zone-field";
import { fileSize } from "../format/size";
import { instant, nextHour } from "../format/time";
import { language, t } from "../locales";
import { homeZone, useServices } from "../services";
import { fingerprint } from "../state/fingerprint";
import { Offices } from "./create-meeting";

/** The server holds the same list. */
const SUFFIXES = ".mp4,.m4a,.mov,.3gp,.mkv,.webm,.mp3,.ogg,.oga,.opus,.wav,.flac,.aac,.amr";

interface Props {
  /** Bytes of the largest file that the server takes. */
  most: number;
  close: () => void;
  begun: (upload: Upload) => void;
}

export function UploadRecording({ most, close, begun }: Props) {
  const { api, me, uploads } = useServices();
  const home = homeZone(me.value);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const text = t.value.upload;
  const create = t.value.create;
  const [{ today }] = useState(() => nextHour(new Date(), home));
  const [day, setDay] = useState(today);
  useFilesStay();
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = (name: string) => String(form.get(name) ?? "");
    const file = form.get("file");
    if (!(file instanceof File) || !isRecording(file)) return setProblem("not_recording");
    if (file.size > most) return setProblem("too_large");
    setBusy(true);
    setProblem(null);
    try {
      const upload = await api.announce({
        title: read("title").trim(),
        starts_at: instant(read("date"), read("time"), read("zone")),
        zone: read("zone"),
        offices: [...chosen],
        file_name: file.name,
        size: file.size,
        fingerprint: await fingerprint(file),
      });
      await uploads.begin(upload, file);
      begun(upload);
    } catch (error) {
      setProblem(codeOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={text.title} close={close} wide>
      <p class="soft">{text.lead}</p>
      <form onSubmit={submit}>
        <Problem code={problem} />
        <label class="field">
          <span>{text.file}</span>
          <input class="file-field" type="file" name="file" required accept={`audio/*,video/*,${SUFFIXES}`} />
          <small>{text.fileHint(fileSize(most, language.value))}</small>
        </label>
        <label class="field">
          <span>{create.subject}</span>
          <textarea name="title" rows={2} required minLength={3} maxLength={200} />
          <small>{create.subjectHint}</small>
        </label>
        <fieldset class="begins">
          <legend class="field-label">{text.begins}</legend>
          <div class="fields">
            <label class="field">
              <span>{create.date}</span>
              <input
                type="date"
                name="date"
                required
                min="2000-01-01"
                max={today}
                onChange={(event) => setDay(event.currentTarget.value || today)}
              />
            </label>
            <label class="field">
              <span>{create.time}</span>
              <input type="time" name="time" required defaultValue="09:00" />
            </label>
            <ZoneField home={home} />
          </div>
        </fieldset>
        <details class="readers">
          <summary>{text.readers}</summary>
          <Offices label={text.offices} on={day} chosen={chosen} choose={setChosen} />
        </details>
        <div class="buttons">
          <button type="button" class="button" onClick={close}>
            {t.value.app.cancel}
          </button>
          <button type="submit" class="button button-main" disabled={busy}>
            {text.submit}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function isRecording(file: File): boolean {
  return SUFFIXES.split(",").some((suffix) => file.name.toLowerCase().endsWith(suffix));
}

/** A file dropped beside the field would open in the place of this page. */
function useFilesStay() {
  useEffect(() => {
    const stay = (event: DragEvent) => {
      if (!(event.target instanceof HTMLInputElement && event.target.type === "file")) event.preventDefault();
    };
    for (const name of ["dragover", "drop"] as const) window.addEventListener(name, stay);
    return () => {
      for (const name of ["dragover", "drop"] as const) window.removeEventListener(name, stay);
    };
  }, []);
}
