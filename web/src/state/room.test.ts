import { describe, expect, it } from "vitest";
import type { Caption, MeetingBrief, Participant, Slot, ToPage, Welcome } from "../protocol/messages";
import {
  CAPTIONS_KEPT,
  cameraSlot,
  EMPTY,
  meetingTime,
  officesHere,
  type RoomState,
  reduce,
  screenSlot,
  sharing,
} from "./room";

const person = (seat: string, more: Partial<Participant> = {}): Participant => ({
  seat,
  name: seat,
  position: "Anggota",
  office: "KPU RI",
  office_id: "kpuri",
  role: "participant",
  shared: false,
  mic: true,
  camera: false,
  screen: false,
  away: false,
  recorded: true,
  company: [],
  ...more,
});

const caption = (line: string, start: number, text = line): Caption => ({
  line,
  seat: "a",
  speaker: "A",
  office: "KPU RI",
  start,
  end: start + 1,
  text,
});

const welcome = (more: Partial<Welcome> = {}): Welcome => ({
  type: "welcome",
  version: 1,
  seat: "me",
  media_kept: false,
  meeting: { id: "m", title: "Rapat", zone: "Asia/Jakarta", offices: [] },
  elapsed: 100,
  plan: { voices: 3, cameras: 16 },
  participants: [person("me"), person("a")],
  captions: [],
  drafts: [],
  ice_servers: [],
  ...more,
});

const play = (messages: ToPage[], from: RoomState = EMPTY) =>
  messages.reduce((room, message, index) => reduce(room, message, index), from);

const slot = (more: Partial<Slot> = {}): Slot => ({
  mid: "8",
  kind: "camera",
  seat: "a",
  csrc: 7,
  paused: false,
  ...more,
});
const slots: ToPage = { type: "slots", slots: [slot()] };

describe("the room", () => {
  it("is what the welcome says", () => {
    const room = play([welcome()]);
    expect(room.seat).toBe("me");
    expect([...room.participants.keys()]).toEqual(["me", "a"]);
    expect(meetingTime(room, 5)).toBe(105);
  });

  it("follows people coming, changing and leaving", () => {
    const room = play([
      welcome(),
      { type: "participant", participant: person("b") },
      { type: "participant", participant: person("b", { mic: false, away: true }) },
      { type: "speakers", seats: ["a", "b"], dominant: "a" },
      { type: "left", seat: "a" },
    ]);
    expect([...room.participants.keys()]).toEqual(["me", "b"]);
    expect(room.participants.get("b")).toMatchObject({ mic: false, away: true });
    expect(room.speaking).toEqual(["b"]);
    expect(room.dominant).toBeNull();
  });

  it("keeps the slot map over a reconnect only with the media", () => {
    expect(cameraSlot(play([welcome(), slots]), "a")?.csrc).toBe(7);
    expect(play([welcome(), slots, welcome({ media_kept: true })]).slots).toHaveLength(1);
    expect(play([welcome(), slots, welcome()]).slots).toHaveLength(0);
    const lost: ToPage = { type: "media_lost", peer: "p", reason: "consent" };
    expect(play([welcome(), slots, lost]).slots).toHaveLength(0);
  });

  it("changes only the slots spoken of", () => {
    const [nine, empty] = [slot({ mid: "9", seat: "b", csrc: 8 }), slot({ seat: null, csrc: null })];
    const before = play([welcome(), slots, { type: "slots", slots: [nine] }]);
    expect(before.slots).toEqual([slot(), nine]);
    const after = play([{ type: "slots", slots: [slot({ paused: true })] }], before);
    expect(cameraSlot(after, "a")?.paused).toBe(true);
    expect(cameraSlot(after, "b")).toBe(cameraSlot(before, "b"));
    expect(play([{ type: "slots", slots: [empty] }], after).slots).toEqual([empty, nine]);
  });

  it("knows who shares a screen before its picture comes", () => {
    const room = play([welcome(), { type: "participant", participant: person("a", { screen: true }) }]);
    expect(sharing(room)?.seat).toBe("a");
    expect(screenSlot(room)).toBeUndefined();
    const screen = slot({ mid: "24", kind: "screen" });
    expect(screenSlot(play([{ type: "slots", slots: [screen] }], room))).toEqual(screen);
    expect(sharing(play([{ type: "left", seat: "a" }], room))).toBeUndefined();
  });

  it("gathers how well connections do, and forgets it with the seat and with the line", () => {
    const room = play([
      welcome(),
      { type: "quality", seats: { me: 3, a: 1 } },
      { type: "quality", seats: { me: 2 } },
    ]);
    expect([...room.quality]).toEqual([
      ["me", 2],
      ["a", 1],
    ]);
    expect(play([{ type: "left", seat: "a" }], room).quality.has("a")).toBe(false);
    expect(play([welcome()], room).quality.size).toBe(0);
  });

  it("keeps what a message does not change: pages render only what is new", () => {
    const room = play([welcome(), slots]);
    const next = play([{ type: "participant", participant: person("b") }], room);
    expect(next.participants.get("a")).toBe(room.participants.get("a"));
    expect(next.slots).toBe(room.slots);
    expect(play([{ type: "quality", seats: { me: 1 } }], room).participants).toBe(room.participants);
  });

  it("orders captions as spoken and never doubles one", () => {
    const room = play([
      welcome({ captions: [caption("1", 1)] }),
      { type: "caption", caption: caption("3", 9) },
      { type: "caption", caption: caption("2", 4) },
      welcome({ captions: [caption("3", 9), caption("1", 1, "dikoreksi")] }),
    ]);
    expect(room.captions.map((each) => each.line)).toEqual(["1", "2", "3"]);
    expect(room.captions[0]?.text).toBe("dikoreksi");
  });

  it("keeps a bounded number of captions", () => {
    const many = Array.from({ length: CAPTIONS_KEPT + 50 }, (_, index) => caption(`l${index}`, index));
    const room = play([welcome({ captions: many })]);
    expect(room.captions).toHaveLength(CAPTIONS_KEPT);
    expect(room.captions[0]?.line).toBe("l50");
  });

  it("counts the offices that are here, of those expected", () => {
    const brief = { id: "m", title: "Rapat", zone: "Asia/Jakarta", offices: ["kpuri", "kaltara", "bali"] };
    const people = [
      person("a"),
      person("b", { office_id: "kaltara" }),
      person("c", { office_id: "kaltara" }),
      person("g", { office_id: "" }),
    ];
    expect(officesHere(play([welcome({ meeting: brief, participants: people })]))).toBe(2);
    expect(officesHere(EMPTY)).toBe(0);
  });
});

describe("coming together", () => {
  it("keeps who waits, the roll, and what was left to be done, whole", () => {
    const waiter = { person: "p", name: "Andi", position: "Tamu", office: "Bawaslu RI", since: 3 };
    const offices = [{ office_id: "bali", office: "KPU Bali", here: null }];
    const room = play([
      welcome(),
      { type: "door", waiting: 1, people: [waiter] },
      { type: "roll", offices, seconds: 60, called: null },
      { type: "carried", follow_ups: [] },
    ]);
    expect(room.door).toEqual({ waiting: 1, people: [waiter] });
    expect(room.roll).toEqual({ offices, seconds: 60, called: null });
    const called = play(
      [{ type: "called", answers: [{ office_id: "bali", here: true }], called: "bali" }],
      room,
    );
    expect(called.roll).toEqual({ offices: [{ ...offices[0], here: true }], seconds: 60, called: "bali" });
    expect(play([{ type: "waiting", meeting: room.meeting as MeetingBrief }], room).seat).toBeNull();
  });

  it("names who reacts, a hall by its office, and keeps the last twelve", () => {
    const hall = person("h", { shared: true, office: "KPU Bali" });
    const room = play([
      welcome({ participants: [hall] }),
      ...Array.from({ length: 14 }, () => ({ type: "reacted", seat: "h", kind: "agree" }) as const),
    ]);
    expect(room.reactions).toHaveLength(12);
    expect(room.reactions.at(-1)).toEqual({ kind: "agree", name: "KPU Bali", at: 14 });
  });
});
