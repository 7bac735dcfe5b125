/** A notula while a person works on it: what they see, what the server has, and how the one gets to the other.

Saved a moment after the last change, whole and with the revision it was made from. What could not be sent stays on this
machine and is laid over what the server has when the page is opened again.
*/

import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { ApiError } from "../../api/http";
import type { Content, Notula } from "../../api/notula";
import { type Lack, lacking, sendable } from "./holding";
import { type Clash, chosen, merge } from "./merging";
import { same } from "./same";

export type Saving =
  | { readonly how: "saved" | "waiting" | "sending" | "offline" }
  /** The server did not take it; it stays here until something changes or is tried again. */
  | { readonly how: "refused"; readonly code: string };

export interface Port {
  save(revision: number, content: Content): Promise<Notula>;
  /** Run `act` once after so many milliseconds; returns how to call it off. */
  later(ms: number, act: () => void): () => void;
}

export interface Shelf {
  get(): string | null;
  /** Null: nothing is kept. A shelf that is full may refuse. */
  put(text: string | null): void;
}

interface Kept {
  readonly format: 1;
  readonly base: Content;
  readonly mine: Content;
  readonly clashes: readonly Clash[];
}

export const PAUSE_MS = 900;
const PATIENCE_MS = [2000, 4000, 8000, 15_000, 30_000] as const;
const MOST_UNDOS = 100;
/** Letters typed into one field within it are one step back. */
const TOGETHER_MS = 2000;

export class Manuscript {
  readonly notula: Signal<Notula>;
  readonly content: Signal<Content>;
  readonly clashes: Signal<readonly Clash[]>;
  readonly saving: Signal<Saving> = signal({ how: "saved" });
  /** What was left unsent when the page was last closed was found and laid over what the server has. */
  readonly restored: boolean;
  readonly lacks: ReadonlySignal<ReadonlyMap<string, Lack>>;
  readonly undoable: Signal<boolean> = signal(false);
  private base: Content;
  /** What was last sent and taken. */
  private sent: Content;
  private past: { content: Content; what: string; at: number }[] = [];
  private callOff: () => void = () => undefined;
  private failures = 0;
  private busy = false;
  private closed = false;

  constructor(
    notula: Notula,
    private readonly port: Port,
    private readonly shelf: Shelf,
  ) {
    const kept = notula.may.edit ? recalled(shelf.get(), notula.meeting_id) : null;
    const merged = kept && merge(kept.base, kept.mine, notula.content);
    this.notula = signal(notula);
    this.base = this.sent = notula.content;
    this.content = signal(merged?.content ?? notula.content);
    this.clashes = signal([...(kept?.clashes ?? []), ...(merged?.clashes ?? [])]);
    this.restored = merged !== null && !same(merged.content, notula.content);
    this.lacks = computed(() => lacking(this.content.value));
    if (this.restored) this.wait(0);
  }

  /** `what`: of which field; letters typed into the same one are taken back together. `now`: milliseconds. */
  change(next: Content, what = "", now = 0): void {
    if (next === this.content.value) return;
    const last = this.past.at(-1);
    if (!what || last?.what !== what || now - last.at > TOGETHER_MS)
      this.past.push({ content: this.content.value, what, at: now });
    else last.at = now;
    if (this.past.length > MOST_UNDOS) this.past.shift();
    this.show(next);
  }

  undo(): void {
    const last = this.past.pop();
    if (last) this.show(last.content);
  }

  choose(clash: Clash, mine: boolean): void {
    this.clashes.value = this.clashes.value.filter((each) => each !== clash);
    const next = chosen(this.content.value, clash, mine);
    if (next === this.content.value) this.keep();
    else this.change(next);
  }

  /** The server has told how it stands: after a move, or because somebody else was here. */
  hear(told: Notula): void {
    const { version, revision } = this.notula.value;
    if (this.busy || this.closed || told.version < version) return;
    if (told.version === version && told.revision < revision) return;
    if (told.version === version && told.revision === revision) {
      this.notula.value = { ...told, content: this.notula.value.content };
      return;
    }
    this.meet(told);
    if (this.dirty()) this.wait(PAUSE_MS);
  }

  /** A person has looked at what a machine drafted and keeps it as it is: saved, though nothing has changed. */
  async adopt(): Promise<void> {
    if (!this.busy) await this.send(true);
  }

  /** Another draft, or another version, in place of all that is here. */
  begin(told: Notula): void {
    this.callOff();
    this.past = [];
    batch(() => {
      this.base = this.sent = told.content;
      this.notula.value = told;
      this.content.value = told.content;
      this.clashes.value = [];
      this.saving.value = { how: "saved" };
      this.undoable.value = false;
    });
    this.keep();
  }

  /** Send now what is waiting; resolves when it has been answered. False: something is still not on the server. */
  async flush(): Promise<boolean> {
    this.callOff();
    if (!this.busy) await this.send();
    return !this.dirty() && this.saving.value.how === "saved";
  }

  close(): void {
    this.keep();
    this.closed = true;
    this.callOff();
  }

  /** Onto this machine, while anything is not on the server. */
  keep(): void {
    const [mine, clashes] = [this.content.value, this.clashes.value];
    const nothing = clashes.length === 0 && same(mine, this.sent);
    const kept: Kept = { format: 1, base: this.base, mine, clashes };
    this.shelf.put(nothing ? null : JSON.stringify(kept));
  }

  private dirty(): boolean {
    return !same(sendable(this.content.value, this.base), sendable(this.sent, this.base));
  }

  private show(next: Content): void {
    batch(() => {
      this.content.value = next;
      this.undoable.value = this.past.length > 0;
    });
    this.failures = 0;
    this.wait(PAUSE_MS);
  }

  private wait(ms: number): void {
    this.callOff();
    if (this.closed) return;
    if (!this.busy && this.saving.value.how !== "offline") this.saving.value = { how: "waiting" };
    this.callOff = this.port.later(ms, () => void this.send());
  }

  private async send(unchanged = false): Promise<void> {
    if (this.busy || this.closed) return;
    this.keep();
    if (!unchanged && !this.dirty()) {
      this.saving.value = { how: "saved" };
      return;
    }
    const content = sendable(this.content.value, this.base);
    this.busy = true;
    this.saving.value = { how: "sending" };
    try {
      this.taken(content, await this.port.save(this.notula.value.revision, content));
    } catch (error) {
      this.busy = false;
      this.failed(error);
    }
  }

  private taken(content: Content, told: Notula): void {
    this.busy = false;
    this.failures = 0;
    this.base = told.content;
    this.sent = content;
    this.notula.value = told;
    this.saving.value = { how: "saved" };
    this.keep();
    if (this.dirty()) this.wait(PAUSE_MS);
  }

  private failed(error: unknown): void {
    const problem = error instanceof ApiError ? error : null;
    const current = problem?.code === "notula_changed" ? currentOf(problem) : null;
    if (current) {
      this.meet(current);
      this.saving.value = { how: "waiting" };
      this.wait(0);
    } else if (
      problem &&
      (problem.code === "unreachable" || problem.status >= 500 || problem.status === 429)
    ) {
      this.saving.value = { how: "offline" };
      this.wait(PATIENCE_MS[Math.min(this.failures, PATIENCE_MS.length - 1)] ?? 0);
      this.failures += 1;
    } else this.saving.value = { how: "refused", code: refusalOf(problem) };
  }

  /** Lay what is here over what somebody else has saved. */
  private meet(told: Notula): void {
    const merged = merge(this.base, this.content.value, told.content);
    batch(() => {
      this.base = this.sent = told.content;
      this.notula.value = told;
      this.content.value = merged.content;
      this.clashes.value = [...this.clashes.value, ...merged.clashes];
      // A step back would take away what the other has written.
      this.past = [];
      this.undoable.value = false;
    });
    this.keep();
  }
}

/** Of a recording "too long" means another thing. */
function refusalOf(problem: ApiError | null): string {
  return problem?.code === "too_long" ? "statement_too_long" : (problem?.code ?? "unknown");
}

function currentOf(problem: ApiError): Notula | null {
  const current = problem.problem.current;
  return typeof current === "object" && current !== null && "content" in current ? (current as Notula) : null;
}

/** What stands on the shelf, where it is of this meeting and can be read. */
export function recalled(text: string | null, meeting: string): Kept | null {
  if (!text) return null;
  try {
    const kept = JSON.parse(text) as Partial<Kept>;
    const whole = kept.format === 1 && kept.base?.meeting_id === meeting && kept.mine?.meeting_id === meeting;
    return whole && Array.isArray(kept.clashes) ? (kept as Kept) : null;
  } catch {
    return null;
  }
}
