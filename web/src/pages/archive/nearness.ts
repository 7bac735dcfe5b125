/** Which turns of a long page are near what its reader sees: only those get their buttons and marks. */

const AHEAD = "900px 0px";
/** Nothing has moved for so long: its reader has stopped. */
const STILL_MS = 120;
/** Turns that are made ready with one frame. */
const AT_ONCE = 2;

/** Two steps, since a browser looks at everything that is observed with every frame: the list a turn is in, then itself. */
export class Nearness {
  private readonly near = new Map<Element, () => void>();
  /** Turns by the list they are in, as long as that is far. */
  private readonly far = new Map<Element, Set<Element>>();
  /** Turns that are near, to be made ready once nothing moves: words can be read meanwhile, and scrolling stays light. */
  private readonly ready = new Set<Element>();
  private timer = 0;
  private readonly observer = new IntersectionObserver((entries) => this.seen(entries), {
    rootMargin: AHEAD,
  });
  private readonly moved = () => this.settle(STILL_MS);

  constructor() {
    addEventListener("scroll", this.moved, { passive: true });
  }

  /** `near` is called once. Returns how to stop waiting. */
  watch(turn: Element, near: () => void): () => void {
    this.near.set(turn, near);
    const list = turn.parentElement;
    const others = list && this.far.get(list);
    if (others) others.add(turn);
    else if (list) {
      this.far.set(list, new Set([turn]));
      this.observer.observe(list);
    }
    return () => this.forget(turn);
  }

  /** At once, since it is about to be shown: calls `then` when it is drawn. */
  bring(turn: Element | null | undefined, then: () => void): void {
    if (turn) this.forget(turn)?.();
    // Drawn by then: changes are drawn before the next frame.
    requestAnimationFrame(() => requestAnimationFrame(then));
  }

  close(): void {
    removeEventListener("scroll", this.moved);
    clearTimeout(this.timer);
    this.observer.disconnect();
    this.near.clear();
    this.far.clear();
  }

  private seen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const turns = this.far.get(target);
      if (!isIntersecting) this.ready.delete(target);
      else if (!turns) this.ready.add(target);
      else {
        this.far.delete(target);
        this.observer.unobserve(target);
        for (const turn of turns) this.observer.observe(turn);
      }
    }
    if (this.ready.size > 0 && this.timer === 0) this.settle(0);
  }

  private settle(wait: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.make(), wait);
  }

  /** A few at a time, so that a key pressed meanwhile does not wait for all. */
  private make(): void {
    this.timer = 0;
    for (const turn of [...this.ready].slice(0, AT_ONCE)) this.forget(turn)?.();
    if (this.ready.size > 0) this.settle(16);
  }

  private forget(turn: Element): (() => void) | undefined {
    const near = this.near.get(turn);
    this.near.delete(turn);
    this.ready.delete(turn);
    this.observer.unobserve(turn);
    if (turn.parentElement) this.far.get(turn.parentElement)?.delete(turn);
    return near;
  }
}
