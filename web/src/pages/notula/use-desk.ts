/** Makes the desk of a notula, reads the transcript onto it, and clears it when the page is left. */

import { computed, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { type Notula, notulaApi } from "../../api/notula";
import type { Line, Office } from "../../api/types";
import { homeZone, useServices } from "../../services";
import { Manuscript, type Shelf } from "../../state/notula/manuscript";
import { Player } from "../../state/player";
import { news } from "../../state/reading";
import type { Desk } from "./desk";

/** How often the page asks whether others have changed something. */
const LOOK_MS = 15_000;

export function useDesk(found: Notula): Desk {
  const { api, me } = useServices();
  const meeting = found.meeting_id;
  const desk = useMemo(() => {
    const lines = signal<readonly Line[] | null>(null);
    const byId = computed(() => new Map((lines.value ?? []).map((line) => [line.id, line])));
    return {
      manuscript: new Manuscript(
        found,
        port(meeting),
        shelf(`rakor.notula.${meeting}.${me.value?.id ?? ""}`),
      ),
      player: new Player({ next: () => undefined, at: () => undefined }),
      lines,
      byId,
      starts: computed(() => new Map([...byId.value].map(([id, line]) => [id, line.start]))),
      citing: signal<string | null>(null),
      playing: signal<string | null>(null),
      proposing: signal<string | null>(null),
      offices: signal<readonly Office[]>([]),
      zone: homeZone(me.value),
    };
  }, []);
  const saving = desk.manuscript.saving.value;
  const lost = saving.how === "refused" && saving.code === "no_such_line";
  // Lines are merged and split in the transcript: what is cited may be gone, and is shown so.
  useEffect(() => {
    news((after, since) => api.transcript(meeting, after, since), null).then(
      (read) => {
        desk.lines.value = read.lines;
      },
      () => {
        desk.lines.value ??= [];
      },
    );
  }, [lost]);
  useEffect(() => {
    api.offices(found.content.starts.slice(0, 10)).then(
      (offices) => {
        desk.offices.value = offices;
      },
      () => undefined,
    );
    return () => desk.player.close();
  }, []);
  useEffect(() => kept(desk.manuscript, meeting), []);
  return desk;
}

function port(meeting: string) {
  return {
    save: (revision: number, content: Notula["content"]) => notulaApi.save(meeting, revision, content),
    later: (ms: number, act: () => void) => {
      const timer = setTimeout(act, ms);
      return () => clearTimeout(timer);
    },
  };
}

/** One place in this browser's storage. Where it is full or forbidden the page works without. */
function shelf(name: string): Shelf {
  return {
    get: () => {
      try {
        return localStorage.getItem(name);
      } catch {
        return null;
      }
    },
    put: (text) => {
      try {
        if (text === null) localStorage.removeItem(name);
        else localStorage.setItem(name, text);
      } catch {
        // The server still gets it; only a page closed without a line would lose it.
      }
    },
  };
}

/** Keeps what is here from being lost with the page, and looks what others have done while it is seen. */
function kept(manuscript: Manuscript, meeting: string): () => void {
  const keep = () => manuscript.keep();
  const look = () => {
    if (document.visibilityState === "visible")
      notulaApi.read(meeting).then(
        (told) => manuscript.hear(told),
        () => undefined,
      );
    else keep();
  };
  const online = () => void manuscript.flush();
  const timer = setInterval(look, LOOK_MS);
  addEventListener("pagehide", keep);
  addEventListener("online", online);
  document.addEventListener("visibilitychange", look);
  return () => {
    clearInterval(timer);
    removeEventListener("pagehide", keep);
    removeEventListener("online", online);
    document.removeEventListener("visibilitychange", look);
    // What is waiting is sent though the page goes; what cannot be sent stays on this machine.
    void manuscript.flush().then(() => manuscript.close());
  };
}
