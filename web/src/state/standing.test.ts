import { expect, it } from "vitest";
import type { Upload } from "../api/types";
import { id } from "../locales/id";
import { standing } from "./standing";
import type { Sending } from "./uploads";

const UPLOAD: Upload = {
  id: "a",
  title: "Rapat Lama",
  starts_at: "2020-07-09T02:00:00Z",
  uploaded_by: "Dewi Anggraini",
  file: "/api/v1/uploads/a/file",
  file_name: "rapat.mp4",
  size: 1000,
  fingerprint: "",
  state: "receiving",
  received: 430,
  busy: false,
  share: 0.43,
  problem: null,
  cut_short: false,
  length: null,
  heard_until: 0,
  meeting_id: null,
  expires_at: null,
};
const SENDING: Sending = { sent: 500, rate: 2, problem: null, stopped: false };

function seen(upload: Partial<Upload>, sending: Sending | null = null) {
  return standing({ ...UPLOAD, ...upload }, sending, id.upload, "id");
}

it("tells whoever finds an upload that nobody sends what to do", () => {
  expect(seen({})).toMatchObject({ resumable: true, here: false });
  expect(seen({}).text).toContain("43");
  expect(seen({ busy: true })).toMatchObject({ resumable: false });
});

it("counts what this page has sent, and how long it will take", () => {
  expect(seen({ busy: true }, SENDING)).toMatchObject({
    share: 0.5,
    here: true,
    left: "kira-kira 4 menit lagi",
  });
  expect(seen({}, { ...SENDING, rate: 0.1 }).left).toBe("kira-kira 1 jam 23 menit lagi");
  expect(seen({}, { ...SENDING, problem: "unreachable" })).toMatchObject({
    left: null,
    problem: "line_lost",
  });
});

it("lets a file be chosen again when sending it ended", () => {
  const ended = { ...SENDING, stopped: true, problem: "file_gone" };
  expect(seen({}, ended)).toMatchObject({ resumable: true, here: false, problem: "file_gone", share: 0.43 });
});

it("says how far the server is", () => {
  expect(seen({ state: "preparing", share: 0 }).text).toBe(id.upload.queued);
  expect(seen({ state: "preparing", share: 0.999 }).text).toBe("Menyiapkan suara: 99%");
  expect(seen({ state: "transcribing", share: 0.5, heard_until: 61, length: 3723 }).text).toBe(
    "Mentranskripsi: 0.01.01 dari 1.02.03",
  );
  expect(seen({ state: "failed", problem: "no_sound" })).toMatchObject({
    problem: "no_sound",
    resumable: false,
  });
});
