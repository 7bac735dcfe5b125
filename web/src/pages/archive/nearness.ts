/** Which parts of a long page are near what its reader sees: only those get their buttons and marks. */

const AHEAD = "1200px 0px";

export class Nearness {
  private readonly waiting = new Map<Element, () => void>();
  private readonly observer = new IntersectionObserver((entries) => this.seen(entries), {
    rootMargin: AHEAD,
  });

  /** `near` is called once. Returns how to stop waiting. */
  watch(element: Element, near: () => void): () => void {
    this.waiting.set(element, near);
    this.observer.observe(element);
    return () => this.forget(element);
  }

  /** At once, since it is about to be shown: calls `then` when it is drawn. */
  bring(element: Element | null | undefined, then: () => void): void {
    const near = element && this.forget(element);
    near?.();
    // Drawn by then: changes are drawn before the next frame.
    requestAnimationFrame(() => requestAnimationFrame(then));
  }

  close(): void {
    this.observer.disconnect();
    this.waiting.clear();
  }

  private seen(entries: readonly IntersectionObserverEntry[]): void {
    for (const entry of entries) if (entry.isIntersecting) this.forget(entry.target)?.();
  }

  private forget(element: Element): (() => void) | undefined {
    const near = this.waiting.get(element);
    this.waiting.delete(element);
    this.observer.unobserve(element);
    return near;
  }
}
