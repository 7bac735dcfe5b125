/** What this person wants marked in transcripts, remembered on this machine, and the passage they look at. */

import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { FlagKind } from "../api/types";
import type { Order } from "./editing/queue";
import { KINDS } from "./review";

const REMEMBERED = "rakor.review";

interface Wish {
  on: boolean;
  kinds: FlagKind[];
  order: Order;
}

/** What stands there may be of another version, or by another hand. */
export function recalled(stored: string | null): Wish {
  try {
    const found = JSON.parse(stored ?? "");
    const order = found.order === "doubt" ? "doubt" : "time";
    return { on: found.on !== false, kinds: KINDS.filter((kind) => found.kinds.includes(kind)), order };
  } catch {
    return { on: true, kinds: [...KINDS], order: "time" };
  }
}

export class Reviewing {
  private readonly wish: Signal<Wish>;
  /** Key of the passage looked at last. */
  readonly at: Signal<string | null> = signal(null);
  /** Only lines that have such a passage are shown. Not remembered: a transcript is opened whole. */
  readonly only: Signal<boolean> = signal(false);
  /** The page scrolls along with the sound, until its reader scrolls. */
  readonly following: Signal<boolean> = signal(true);
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

  get order(): Order {
    return this.wish.value.order;
  }

  arrange(order: Order): void {
    this.set({ ...this.wish.value, order });
  }

  /** The line that is heard now, where the page follows the sound. */
  show(row: Element | null, free: boolean): void {
    if (free && this.following.peek()) row?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  look(key: string): void {
    this.at.value = key;
  }

  private set(wish: Wish): void {
    this.wish.value = wish;
    this.memory.setItem(REMEMBERED, JSON.stringify(wish));
  }
}
