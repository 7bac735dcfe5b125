/** Files that this page is sending. They go on while the person is on another page of Rakor. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { type Api, ApiError } from "../api/client";
import type { Upload } from "../api/types";
import { fingerprint } from "./fingerprint";
import { type News, send } from "./sending";

export interface Sending extends News {
  /** Ended before its time: `problem` says why. */
  stopped: boolean;
}

export class Uploads {
  private readonly sending = signal<ReadonlyMap<string, Sending>>(new Map());
  private readonly aborts = new Map<string, AbortController>();

  constructor(private readonly api: Pick<Api, "append" | "upload">) {}

  /** By id of the upload. */
  get now(): ReadonlySignal<ReadonlyMap<string, Sending>> {
    return this.sending;
  }

  /** Send `file`, from where the server's part of it ends. Throws `other_file` when it is not the one begun with. */
  async begin(upload: Upload, file: File): Promise<void> {
    if (file.size !== upload.size || (await fingerprint(file)) !== upload.fingerprint)
      throw new ApiError(-1, "other_file", "another file");
    this.stop(upload.id);
    const abort = new AbortController();
    this.aborts.set(upload.id, abort);
    this.tell(upload.id, { sent: upload.received, rate: null, problem: null, stopped: false });
    void this.run(upload, file, abort);
  }

  /** No more of it from this page. */
  stop(id: string): void {
    this.aborts.get(id)?.abort();
    this.forget(id);
  }

  private async run(upload: Upload, file: File, abort: AbortController): Promise<void> {
    const { id } = upload;
    const ports = {
      received: async () => received(await this.api.upload(id)),
      append: (offset: number, part: ArrayBuffer) => this.api.append(upload.file, offset, part, abort.signal),
      now: () => performance.now() / 1000,
      pause: (seconds: number) => untilOnline(seconds, abort.signal),
    };
    const tell = (news: News) => abort.signal.aborted || this.tell(id, { ...news, stopped: false });
    try {
      await send(file, ports, tell, abort.signal);
      this.forget(id);
    } catch (error) {
      if (abort.signal.aborted) return;
      const problem = error instanceof ApiError ? error.code : "unknown";
      this.aborts.delete(id);
      this.tell(id, { sent: this.sending.value.get(id)?.sent ?? 0, rate: null, problem, stopped: true });
    }
    this.guard();
  }

  private tell(id: string, state: Sending): void {
    this.sending.value = new Map(this.sending.value).set(id, state);
    this.guard();
  }

  private forget(id: string): void {
    this.aborts.delete(id);
    const left = new Map(this.sending.value);
    left.delete(id);
    this.sending.value = left;
    this.guard();
  }

  /** Closing the page ends what it sends: the browser asks first. */
  private guard(): void {
    window.onbeforeunload = this.aborts.size > 0 ? (event) => event.preventDefault() : null;
  }
}

/** What is past receiving has all of it. */
function received(upload: Upload): number {
  if (upload.state === "failed") throw new ApiError(410, upload.problem ?? "gone", "");
  return upload.state === "receiving" ? upload.received : upload.size;
}

function untilOnline(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      window.removeEventListener("online", over);
      signal.removeEventListener("abort", over);
      resolve();
    };
    const timer = setTimeout(over, seconds * 1000);
    window.addEventListener("online", over);
    signal.addEventListener("abort", over);
  });
}
