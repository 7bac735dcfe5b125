/** The list of meetings: what is on now first, then what comes, then what was. */

import { useEffect, useState } from "preact/hooks";
import type { Meeting, Page } from "../api/types";
import { Empty, Failed, Loading, useLoaded } from "../components/feedback";
import { Icon } from "../components/icons";
import { useTitle } from "../components/title";
import { t } from "../locales";
import { mayPrepare, useServices } from "../services";
import { CreateMeeting } from "./create-meeting";
import { InviteGuest } from "./invite-guest";
import { MeetingCard } from "./meeting-card";
import { UploadRecording } from "./upload-recording";
import { UploadList, useUploads } from "./uploads";
import "./meetings.css";

const REFRESH_MS = 15_000;

interface Lists {
  open: Page<Meeting>;
  scheduled: Page<Meeting>;
  ended: Page<Meeting>;
}

function useLists() {
  const { api } = useServices();
  const ask = async (): Promise<Lists> => {
    const [open, scheduled, ended] = await Promise.all([
      api.meetings("open"),
      api.meetings("scheduled"),
      api.meetings("ended"),
    ]);
    return { open, scheduled, ended };
  };
  const lists = useLoaded(ask, "meetings");
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === "visible" && lists.again(), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  const more = async (state: keyof Lists) => {
    const known = lists.value;
    if (!known?.[state].next) return;
    const next = await api.meetings(state, known[state].next);
    lists.set({ ...known, [state]: { items: [...known[state].items, ...next.items], next: next.next } });
  };
  return { ...lists, more };
}

export function Meetings() {
  const { me, router } = useServices();
  const lists = useLists();
  const uploads = useUploads(lists.again);
  const [creating, setCreating] = useState(false);
  const [uploading, setUploading] = useState(false);
  const [inviting, setInviting] = useState<Meeting | null>(null);
  const text = t.value.meetings;
  useTitle(text.title);
  const created = (meeting: Meeting) => {
    setCreating(false);
    lists.again();
    router.go("/rapat");
    requestAnimationFrame(() =>
      document.getElementById(`rapat-${meeting.id}`)?.scrollIntoView({ block: "center" }),
    );
  };
  const begun = () => {
    setUploading(false);
    uploads.again();
  };
  return (
    <>
      <header class="page-head">
        <h1>{text.title}</h1>
        {mayPrepare(me.value) && (
          <div class="buttons">
            <button type="button" class="button" onClick={() => setUploading(true)}>
              <Icon name="upload" />
              {t.value.upload.button}
            </button>
            <button type="button" class="button button-main" onClick={() => setCreating(true)}>
              <Icon name="plus" />
              {text.create}
            </button>
          </div>
        )}
      </header>
      <UploadList items={uploads.items} again={uploads.again} />
      {lists.failed && <Failed code={lists.failed} retry={lists.again} />}
      {!lists.value && !lists.failed && <Loading />}
      {lists.value && <Sections lists={lists.value} more={lists.more} invite={setInviting} />}
      {creating && <CreateMeeting close={() => setCreating(false)} created={created} />}
      {uploading && <UploadRecording most={uploads.most} close={() => setUploading(false)} begun={begun} />}
      {inviting && <InviteGuest meeting={inviting} close={() => setInviting(null)} />}
    </>
  );
}

interface SectionsProps {
  lists: Lists;
  more: (state: keyof Lists) => void;
  invite: (meeting: Meeting) => void;
}

function Sections({ lists, more, invite }: SectionsProps) {
  const text = t.value.meetings;
  const nothing = { open: text.noneOpen, scheduled: text.noneScheduled, ended: text.noneEnded };
  const states = ["open", "scheduled", "ended"] as const;
  if (states.every((state) => lists[state].items.length === 0)) return <Empty>{text.noneAtAll}</Empty>;
  return (
    <>
      {states.map((state) => (
        <section key={state} class="meetings" aria-labelledby={`kelompok-${state}`}>
          <h2 id={`kelompok-${state}`}>{text[state]}</h2>
          {lists[state].items.length === 0 && <Empty>{nothing[state]}</Empty>}
          <ul class="card meetings-list">
            {lists[state].items.map((meeting) => (
              <MeetingCard key={meeting.id} meeting={meeting} invite={invite} />
            ))}
          </ul>
          {lists[state].next && (
            <button type="button" class="button button-small" onClick={() => more(state)}>
              {text.more}
            </button>
          )}
        </section>
      ))}
    </>
  );
}
