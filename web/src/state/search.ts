/** Search as you type: waits for a pause, gives up on what is no longer asked, and never shows an older answer. */

import { type Signal, signal } from "@preact/signals";
import { ApiError } from "../api/client";
import type { Found } from "../api/types";

const PAUSE_MS = 220;

export type Searching =
  | { state: "empty" }
  | { state: "busy"; before: Found | null }
  | { state: "found"; found: Found }
  | { state: "failed"; error: ApiError };

type Ask = (query: string, cursor: string | null, signal: AbortSignal) => Promise<Found>;

export class Search {
  readonly now: Signal<Searching> = signal({ state: "empty" });
  private asked = "";
  private abort = new AbortController();
  private timer = 0;

  constructor(private readonly ask: Ask) {}

  /** The text in the box is `text` now. `at_once` for Enter and for a query that came with the address. */
  type(text: string, atOnce = false): void {
    const query = text.trim();
    if (query === this.asked && this.now.value.state !== "failed") return;
    this.stop();
    this.asked = query;
    if (query === "") this.now.value = { state: "empty" };
    else {
      this.now.value = { state: "busy", before: this.known() };
      this.timer = window.setTimeout(() => void this.fetch(query, null), atOnce ? 0 : PAUSE_MS);
    }
  }

  async more(): Promise<void> {
    const found = this.known();
    if (found?.next) await this.fetch(this.asked, found);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.abort.abort();
    this.abort = new AbortController();
  }

  private known(): Found | null {
    const now = this.now.value;
    if (now.state === "found") return now.found;
    return now.state === "busy" ? now.before : null;
  }

  private async fetch(query: string, before: Found | null): Promise<void> {
    const { signal } = this.abort;
    try {
      const found = await this.ask(query, before?.next ?? null, signal);
      if (signal.aborted) return;
      this.now.value = {
        state: "found",
        found: { ...found, items: [...(before?.items ?? []), ...found.items] },
      };
    } catch (error) {
      if (signal.aborted) return;
      const known = error instanceof ApiError ? error : new ApiError(0, "unknown", String(error));
      this.now.value = { state: "failed", error: known };
    }
  }
}
