/** Which turns of a long page are near what its reader sees: only those get their buttons and marks. */

const AHEAD = "900px 0px";

/** Two steps, since a browser looks at everything that is observed with every frame: the list a turn is in, then itself. */
export class Nearness {
  private readonly near = new Map<Element, () => void>();
  /** Turns by the list they are in, as long as that is far. */
  private readonly far = new Map<Element, Set<Element>>();
  private readonly observer = new IntersectionObserver((entries) => this.seen(entries), {
    rootMargin: AHEAD,
  });

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
    this.observer.disconnect();
    this.near.clear();
    this.far.clear();
  }

  private seen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      const turns = this.far.get(target);
      this.far.delete(target);
      if (turns) this.observer.unobserve(target);
      if (turns) for (const turn of turns) this.observer.observe(turn);
      else this.forget(target)?.();
    }
  }

  private forget(turn: Element): (() => void) | undefined {
    const near = this.near.get(turn);
    this.near.delete(turn);
    this.observer.unobserve(turn);
    if (turn.parentElement) this.far.get(turn.parentElement)?.delete(turn);
    return near;
  }
}
