/** Sets up what the page of a transcript works with, for as long as it is open. */

import { computed, type Signal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { editing as editingApi, reviewOf } from "../../api/editing";
import type { Line, Me } from "../../api/types";
import { lineAt } from "../../state/course";
import { Editing } from "../../state/editing/editing";
import type { Answer } from "../../state/editing/edits";
import { Keeping } from "../../state/editing/keeping";
import { others, type Present } from "../../state/editing/presence";
import { ReviewLine } from "../../state/editing/review-line";
import { Player } from "../../state/player";
import type { Read } from "../../state/reading";
import { Reviewing } from "../../state/reviewing";
import type { Desk } from "./desk";
import { Nearness } from "./nearness";

interface Given {
  read: Read;
  linked: string | null;
  me: Me | null | undefined;
  look: () => Promise<void>;
  change: () => number;
  set: (told: Pick<Answer, "lines" | "gone">) => void;
}

export interface Shown extends Desk {
  /** Lines as the server has them. */
  known: Signal<readonly Line[]>;
  people: Signal<readonly Present[]>;
}

export function useShown(given: Given): Shown {
  const { meeting } = given.read;
  const desk = useMemo(() => made(given), [meeting.id]);
  useMemo(() => {
    desk.known.value = given.read.lines;
  }, [given.read.lines]);
  useEffect(
    () => () => {
      desk.player.close();
      desk.nearness.close();
      desk.editing?.close();
    },
    [],
  );
  useFollowing(desk.review);
  useCompany(desk, given);
  return desk;
}

function made({ read, linked, me, set }: Given): Shown {
  const known = signal(read.lines);
  const people = signal<readonly Present[]>([]);
  const editing =
    read.meeting.may.edit_transcript && me
      ? new Editing(
          {
            send: (edit) => editingApi.edit(read.meeting.id, edit),
            took: set,
            line: (id) => known.peek().find((line) => line.id === id) ?? null,
            name: () => crypto.randomUUID(),
            later: (act, seconds) => {
              const timer = window.setTimeout(act, seconds * 1000);
              return () => clearTimeout(timer);
            },
          },
          new Keeping(localStorage, read.meeting.id, me.id, crypto.randomUUID()),
        )
      : null;
  const shown = computed(() => editing?.drawn(known.value) ?? known.value);
  return {
    known,
    people,
    api: editingApi,
    player: new Player({
      next: (line, step) => shown.peek()[shown.peek().findIndex((each) => each.id === line.id) + step],
      at: (second) => lineAt(shown.peek(), second),
    }),
    review: new Reviewing(localStorage),
    nearness: new Nearness(),
    linked,
    editing,
    others: computed(() => others(people.value, me?.id ?? "")),
    asking: signal(null),
    deciding: signal(true),
    cursor: signal(null),
    lines: () => shown.value,
    names: read.meeting.may.name_speakers && editing !== null,
  };
}

/** Who reads elsewhere is not carried away: the page follows the sound until they scroll. */
function useFollowing(review: Reviewing): void {
  useEffect(() => {
    const scrolled = (event: Event) => {
      const key = (event as KeyboardEvent).key;
      if (key && !/^(Page|Arrow|Home|End)/.test(key)) return;
      if ((event.target as Element).closest?.("dialog, input, select, textarea, .player")) return;
      review.following.value = false;
    };
    const kinds = ["wheel", "touchmove", "keydown"];
    for (const kind of kinds) addEventListener(kind, scrolled, { passive: true });
    return () => {
      for (const kind of kinds) removeEventListener(kind, scrolled);
    };
  }, []);
}

/** Tells others where this person is, and hears of them and of what they change. */
function useCompany(desk: Shown, { read, look, change }: Given): void {
  const { editing } = desk;
  useEffect(() => {
    if (!editing) return;
    const line = new ReviewLine(reviewOf(read.meeting.id), {
      told: (message) => {
        if (message.type === "present") desk.people.value = message.people;
        else if (message.change > change()) void look();
      },
      connected: () => {
        editing.retry();
        void look();
      },
      lost: () => {
        desk.people.value = [];
      },
    });
    const where = computed(() => ({
      line: editing.open.value?.line ?? desk.cursor.value,
      editing: editing.open.value !== null,
    }));
    const silent = where.subscribe((at) => line.say(at));
    // A laptop that is closed, a tab that is left: what was typed is kept first.
    const save = () => editing.save();
    addEventListener("pagehide", save);
    document.addEventListener("visibilitychange", save);
    return () => {
      silent();
      line.close();
      removeEventListener("pagehide", save);
      document.removeEventListener("visibilitychange", save);
    };
  }, [editing]);
}
