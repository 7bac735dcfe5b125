/** How it is with one upload, in words: what the server says, and what this page knows of its own sending. Pure. */

import type { Upload } from "../api/types";
import { percent } from "../format/size";
import { type Language, meetingClock } from "../format/time";
import type { Catalogue } from "../locales";
import type { Sending } from "./uploads";

export interface Standing {
  text: string;
  /** How much longer, where that can be said. */
  left: string | null;
  share: number;
  problem: string | null;
  /** This page is sending it. */
  here: boolean;
  /** Nobody sends it: whoever has the file can go on. */
  resumable: boolean;
}

export function standing(
  upload: Upload,
  sending: Sending | null,
  text: Catalogue["upload"],
  language: Language,
): Standing {
  const calm = { left: null, share: upload.share, problem: upload.problem, here: false, resumable: false };
  switch (upload.state) {
    case "receiving":
      return receiving(upload, sending, text, language);
    case "preparing":
      return { ...calm, text: upload.share ? text.preparing(percent(upload.share, language)) : text.queued };
    case "transcribing":
    case "done":
      return {
        ...calm,
        text: text.transcribing(meetingClock(upload.heard_until), meetingClock(upload.length ?? 0)),
      };
    case "failed":
      return { ...calm, text: text.failed };
  }
}

function receiving(
  upload: Upload,
  sending: Sending | null,
  text: Catalogue["upload"],
  language: Language,
): Standing {
  const here = sending !== null && !sending.stopped;
  const sent = here ? sending.sent : upload.received;
  const share = sent / upload.size;
  const shown = percent(share, language);
  const problem = (here && waiting(sending.problem)) || sending?.problem || upload.problem;
  const calm = { left: null, share, problem, here, resumable: false };
  if (here) return { ...calm, text: text.sending(shown), left: left(upload.size - sent, sending, text) };
  if (upload.busy) return { ...calm, text: text.elsewhere(shown) };
  return { ...calm, text: text.paused(shown), resumable: true };
}

/** A line that is lost is tried again: nobody has to do so by hand. */
function waiting(problem: string | null): string | null {
  return problem === "unreachable" ? "line_lost" : problem;
}

function left(bytes: number, sending: Sending, text: Catalogue["upload"]): string | null {
  if (!sending.rate || sending.problem) return null;
  const minutes = Math.round(bytes / sending.rate / 60);
  return minutes < 60 ? text.left(minutes) : text.leftHours(Math.floor(minutes / 60), minutes % 60);
}
