/** What this person wants marked in transcripts, remembered on this machine, and the passage they look at. */

import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { FlagKind } from "../api/types";
import { KINDS } from "./review";

const REMEMBERED = "rakor.review";

interface Wish {
  on: boolean;
  kinds: FlagKind[];
}

/** What stands there may be of another version, or by another hand. */
export function recalled(stored: string | null): Wish {
  try {
    const found = JSON.parse(stored ?? "");
    return { on: found.on !== false, kinds: KINDS.filter((kind) => found.kinds.includes(kind)) };
  } catch {
    return { on: true, kinds: [...KINDS] };
  }
}

export class Reviewing {
  private readonly wish: Signal<Wish>;
  /** Key of the passage looked at last. */
  readonly at: Signal<string | null> = signal(null);
  /** What is marked: nothing while marks are off. */
  readonly kinds: ReadonlySignal<ReadonlySet<FlagKind>>;

  constructor(private readonly memory: Pick<Storage, "getItem" | "setItem">) {
    this.wish = signal(recalled(memory.getItem(REMEMBERED)));
    this.kinds = computed(() => new Set(this.wish.value.on ? this.wish.value.kinds : []));
  }

  get on(): boolean {
    return this.wish.value.on;
  }

  wants(kind: FlagKind): boolean {
    return this.wish.value.kinds.includes(kind);
  }

  turn(on: boolean): void {
    this.set({ ...this.wish.value, on });
  }

  want(kind: FlagKind, wanted: boolean): void {
    const kinds = KINDS.filter((each) => (each === kind ? wanted : this.wants(each)));
    this.set({ ...this.wish.value, kinds });
  }

  look(key: string): void {
    this.at.value = key;
  }

  private set(wish: Wish): void {
    this.wish.value = wish;
    this.memory.setItem(REMEMBERED, JSON.stringify(wish));
  }
}
