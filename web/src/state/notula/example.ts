/** A small notula for tests; the page itself never loads it. */

import type { Content, Decision, Notula } from "../../api/notula";
import { type Any, NOBODY, shaped } from "./content";

export const said = (id: string, text: string, cites: string[] = []): Any =>
  shaped({ id, text, cites, origin: "rule" }, "discussion");

export const decided = (id: string, text: string, cites: string[] = ["l3"]): Decision =>
  shaped({ id, text, cites, origin: "noted" }, "decisions") as Decision;

export const CONTENT = {
  format: "rakor-notula-1",
  meeting_id: "m1",
  title: "Rapat Koordinasi",
  number: "",
  invitation_number: "",
  invitation_date: null,
  starts: "2020-07-09T02:00:00Z",
  ends: "2020-07-09T04:00:00Z",
  zones: ["Asia/Jakarta"],
  place: "Daring melalui Rakor",
  host: "KPU RI",
  host_city: "Jakarta",
  agenda: [{ title: "Pembukaan", presenter: "" }],
  chair: NOBODY,
  secretary: NOBODY,
  minute_taker: NOBODY,
  moderator: NOBODY,
  presenters: [],
  attendance: { invited: 0, present: 0, quorum: 0, rows: [] },
  opening: [said("o1", "Rapat dibuka.", ["l1"])],
  discussion: [
    {
      item: "Paparan",
      contributions: [said("d1", "Alat bukti diuji.", ["l2"]), said("d2", "Jadwal dibahas.")],
    },
    { item: "Tanya jawab", contributions: [said("d3", "Siapa yang hadir?", ["l4"])] },
  ],
  conclusions: [],
  decisions: [decided("k1", "Klarifikasi 12 Juli.")],
  directions: [],
  problems: [],
  follow_ups: [],
  votes: [],
  closing: [],
  classification: "biasa",
  openness: "undecided",
  exemption: "",
} as unknown as Content;

export const NOTULA: Notula = {
  meeting_id: "m1",
  version: 1,
  revision: 1,
  state: "edited",
  content: CONTENT,
  may: {
    draft: true,
    edit: true,
    submit: true,
    close_window: false,
    initial: false,
    return: false,
    approve: false,
    sign: false,
    archive: false,
    amend: false,
    revoke: false,
    propose: false,
    answer: false,
    assign: true,
  },
  duties: { minute_taker: null, checkers: [], chair: null, archivist: null },
  initials: [],
  returned: null,
  window: null,
  proposals: [],
  signatures: [],
  code: null,
  sha256: null,
  versions: [],
  history: [],
};
