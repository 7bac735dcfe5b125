/** A person at the text of a transcript: what they do is drawn at once, kept on this machine, and sent one after another. */

import { batch, computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { ApiError } from "../../api/http";
import type { Line } from "../../api/types";
import { backoff } from "../backoff";
import { followed, type Open, opened, reverting, saving } from "./editor";
import { type Answer, type Edit, type Kind, linesOf, type TextEdit } from "./edits";
import type { Keeping } from "./keeping";
import type { Clash, Kept, Outbox } from "./outbox";
import * as outbox from "./outbox";
import { overlaid } from "./overlay";
import { did, NOTHING_DONE, redone, type Stack, undone, without } from "./undoing";

export interface Ports {
  send(edit: Edit): Promise<Answer>;
  /** What an edit has made of lines. */
  took(answer: Answer): void;
  /** A line as this page has it. */
  line(id: string): Line | null;
  /** A name for an edit, never used before. */
  name(): string;
  /** Do something in so many seconds; returns how to call it off. */
  later(act: () => void, seconds: number): () => void;
}

export interface Notice {
  /** What was done, or the code of what could not be. */
  what: { did: Kind | "undone" | "redone" } | { code: string };
  /** Lines that a replacement has left, since they had changed. */
  left: number;
  undo: boolean;
}

const PAUSE_S = 2;
/** These pass: the line is down, the server starts or is busy. */
const PASSING = (status: number) => status === 0 || status === 429 || status >= 500;
/** Said where they are done; a notice of each would be noise. */
const SILENT: readonly Kind[] = ["text", "check"];

export class Editing {
  readonly box: Signal<Outbox>;
  readonly stack: Signal<Stack> = signal(NOTHING_DONE);
  readonly open: Signal<Open | null> = signal(null);
  readonly notice: Signal<Notice | null> = signal(null);
  /** Code of what keeps edits from being sent; they wait. */
  readonly held: Signal<string | null> = signal(null);
  /** The disagreement to be decided on now. */
  readonly clash: ReadonlySignal<Clash | null>;
  /** False: this machine keeps nothing, and closing the window would lose what waits. */
  readonly safe: Signal<boolean> = signal(true);
  private flying: string | null = null;
  private closed = false;
  private attempt = 0;
  private stopPause: () => void = () => undefined;
  private stopRetry: () => void = () => undefined;

  constructor(
    private readonly ports: Ports,
    private readonly keeping: Pick<Keeping, "recall" | "keep">,
  ) {
    this.box = signal(keeping.recall());
    this.clash = computed(() => this.box.value.clashes[0] ?? null);
    void this.pump();
  }

  drawn(lines: readonly Line[]): readonly Line[] {
    return overlaid(
      lines,
      this.box.value.waiting.map((kept) => kept.edit),
    );
  }

  // --- a line's text ---

  /** False: somebody has to decide about it first, or it is about to be another. */
  edit(line: Line, at: number | null = null): boolean {
    if (this.open.peek()?.line === line.id) return true;
    this.leave();
    if (outbox.unsettled(this.box.peek()).has(line.id)) return false;
    this.open.value = opened(line, outbox.versionOf(this.box.peek(), line), at);
    return true;
  }

  type(typed: string, selection: readonly [number, number]): void {
    const open = this.open.peek();
    if (!open) return;
    this.stopPause();
    this.open.value = { ...open, typed, selection };
    this.stopPause = this.ports.later(() => this.save(), PAUSE_S);
  }

  select(selection: readonly [number, number]): void {
    const open = this.open.peek();
    if (open) this.open.value = { ...open, selection };
  }

  save(): void {
    this.stopPause();
    const open = this.open.peek();
    if (open) this.put(open, saving(open, this.ports.name()));
  }

  /** Save and leave. */
  leave(): void {
    this.save();
    this.open.value = null;
  }

  /** Leave, and let the line be as it was when it was opened. */
  escape(): void {
    this.stopPause();
    const open = this.open.peek();
    if (open) this.put(open, reverting(open, this.ports.name()));
    this.open.value = null;
  }

  private put(open: Open, edit: TextEdit | null): void {
    if (!edit) return;
    batch(() => {
      this.open.value = { ...open, saved: edit.text };
      this.submit(edit, open.saved);
    });
  }

  // --- what is done with lines ---

  /** An edit of one line, made for what is shown of it. Its text, where it is open, is saved first. */
  do(line: Line, make: (of: { id: string; line: string; version: number }) => Edit): void {
    this.leave();
    const of = { id: this.ports.name(), line: line.id, version: outbox.versionOf(this.box.peek(), line) };
    this.submit(make(of), line.text);
  }

  submit(edit: Edit, base: string | null = null): void {
    if (outbox.unsent(this.box.peek()) >= outbox.MOST_WAITING) {
      this.tell({ code: "too_much_unsent" });
      return;
    }
    this.set(outbox.queued(this.box.peek(), { edit, base }));
    void this.pump();
  }

  name(): string {
    return this.ports.name();
  }

  /** What was not sent is forgotten; what was is taken back by an edit of its own. */
  undo(): void {
    this.leave();
    const last = this.box.peek().waiting.at(-1);
    if (last?.edit.kind === "undo" || !last) this.back(this.stack.peek().past.at(-1)?.id, undone);
    else if (last.sent) this.submit({ id: this.ports.name(), kind: "undo", edit: last.edit.id });
    else {
      this.set(outbox.dropped(this.box.peek(), last.edit.id));
      this.tell({ did: "undone" });
    }
  }

  redo(): void {
    this.leave();
    this.back(this.stack.peek().future.at(-1)?.id, redone);
  }

  private back(edit: string | undefined, move: (stack: Stack, by: string) => Stack): void {
    if (edit === undefined) return;
    const id = this.ports.name();
    this.stack.value = move(this.stack.peek(), id);
    this.submit({ id, kind: "undo", edit });
  }

  // --- disagreements ---

  /** My text, as it is given here, for the line as it stands now. */
  insist({ kept, theirs }: Clash, text: string): void {
    if (kept.edit.kind !== "text" || !theirs) return;
    const edit = { ...kept.edit, id: this.ports.name(), version: theirs.version, text };
    this.set(outbox.dropped(this.box.peek(), kept.edit.id));
    this.submit(edit, theirs.text);
  }

  yield({ kept }: Clash): void {
    this.set(outbox.dropped(this.box.peek(), kept.edit.id));
    void this.pump();
  }

  /** Go on in the field with this text; it is saved when it is left. */
  reopen(clash: Clash, text: string): void {
    const { theirs } = clash;
    this.yield(clash);
    if (theirs && this.edit(theirs)) this.type(text, [text.length, text.length]);
  }

  // --- to the server ---

  /** At once, whatever was waited for: the line is back, or somebody has signed in. */
  retry(): void {
    this.stopRetry();
    this.held.value = null;
    void this.pump();
  }

  close(): void {
    this.leave();
    this.stopRetry();
    this.closed = true;
  }

  private set(box: Outbox): void {
    this.box.value = box;
    this.safe.value = this.keeping.keep(box);
  }

  private tell(what: Notice["what"], left = 0, undo = false): void {
    this.notice.value = { what, left, undo };
  }

  private async pump(): Promise<void> {
    if (this.closed || this.flying !== null || this.held.peek() !== null) return;
    const kept = outbox.next(this.box.peek());
    if (!kept) return;
    this.flying = kept.edit.id;
    this.set(outbox.sending(this.box.peek(), kept.edit.id));
    const answer = await this.ports.send(kept.edit).catch((error: unknown) => error);
    if (this.closed) return;
    if (isAnswer(answer)) this.took(kept, answer);
    else this.failed(kept, answer);
    this.flying = null;
    void this.pump();
  }

  private took({ edit }: Kept, answer: Answer): void {
    this.attempt = 0;
    batch(() => {
      this.ports.took(answer);
      this.open.value = followed(this.open.peek(), answer.lines);
      this.set(outbox.answered(this.box.peek(), answer));
      // Taken back before its own answer came: there is nothing more to take back.
      if (edit.kind === "undo") this.stack.value = without(this.stack.peek(), edit.edit);
      else
        this.stack.value = did(this.stack.peek(), {
          id: edit.id,
          kind: edit.kind,
          line: linesOf(edit)[0] ?? null,
        });
      this.said(edit, answer);
    });
  }

  private said(edit: Edit, answer: Answer): void {
    if (edit.kind === "undo") {
      const back = this.stack.peek().past.some((done) => done.id === edit.id);
      this.tell({ did: back ? "redone" : "undone" });
    } else if (!SILENT.includes(edit.kind)) this.tell({ did: edit.kind }, answer.conflicts.length, true);
  }

  private failed({ edit }: Kept, error: unknown): void {
    const {
      status,
      code,
      problem: more,
    } = error instanceof ApiError ? error : new ApiError(500, "unknown", "");
    if (PASSING(status)) this.hold(code);
    else if (status === 401) this.held.value = code;
    else if (edit.kind === "text") {
      const current = "current" in more ? (more.current as Line | null) : this.ports.line(edit.line);
      this.dispute(edit, current, code);
    } else {
      this.stack.value = without(this.stack.peek(), edit.id);
      this.set(outbox.dropped(this.box.peek(), edit.id));
      this.tell({ code: edit.kind === "undo" && code === "line_changed" ? "undo_too_late" : code });
    }
    if (code === "line_changed") this.refresh(edit, more.current as Line | null | undefined);
  }

  /** The line as the server has it now is news. */
  private refresh(edit: Edit, line: Line | null | undefined): void {
    const gone = line === null && "line" in edit ? [edit.line] : [];
    this.ports.took({ edit: edit.id, change: 0, lines: line ? [line] : [], gone, conflicts: [] });
  }

  /** What has been typed in that line until now is part of it. */
  private dispute(edit: TextEdit, theirs: Line | null, code: string): void {
    batch(() => {
      if (this.open.peek()?.line === edit.line) this.leave();
      this.set(outbox.refused(this.box.peek(), edit.id, theirs, code));
    });
  }

  private hold(code: string): void {
    this.held.value = code;
    this.stopRetry = this.ports.later(() => this.retry(), backoff(this.attempt++, Math.random()) * 2);
  }
}

function isAnswer(found: unknown): found is Answer {
  return typeof found === "object" && found !== null && "lines" in found && "gone" in found;
}
