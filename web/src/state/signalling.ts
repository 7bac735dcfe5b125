/** The room's socket: connects, greets, notices when the line is dead, and comes back. Decisions are in session.ts. */

import type { FromPage, Hello, ToPage } from "../protocol/messages";
import { backoff } from "./backoff";
import { onNetworkChange } from "./network";
import { type Effect, type Happening, type Phase, step } from "./session";

const PING_EVERY_S = 5;
/** Nothing heard for this long (two pings unanswered): the socket is dead, whatever the browser thinks. */
const DEAD_AFTER_S = 11;
/** The same where the network has changed: a socket of the old one is never closed, it just says nothing more. */
const DEAD_AFTER_CHANGE_S = 3;
const CONNECT_WITHIN_S = 6;

export interface SignallingPorts {
  hello(): Hello;
  heard(message: ToPage): void;
  phased(phase: Phase): void;
}

export class Signalling {
  phase: Phase = "idle";
  private socket: WebSocket | null = null;
  private attempt = 0;
  private lastHeard = 0;
  private timer = 0;
  private readonly pulse: number;
  private check = 0;
  private readonly unlisten: () => void;
  private readonly hurry = () => this.retryNow();

  constructor(
    private readonly url: string,
    private readonly ports: SignallingPorts,
  ) {
    this.pulse = window.setInterval(() => this.beat(), PING_EVERY_S * 1000);
    this.unlisten = onNetworkChange(() => this.doubt());
    document.addEventListener("visibilitychange", this.hurry);
  }

  start(): void {
    this.happen("start");
  }

  /** False when the line is down: who sends must say it again after the next welcome. */
  send(message: FromPage): boolean {
    if (!this.takes(message) || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** Outside nothing is heard but that one is still there, or goes. */
  private takes(message: FromPage): boolean {
    if (this.phase === "held") return message.type === "ping" || message.type === "leave";
    return this.phase === "joined";
  }

  /** Close for good. Idempotent. */
  close(): void {
    clearInterval(this.pulse);
    clearTimeout(this.check);
    this.unlisten();
    document.removeEventListener("visibilitychange", this.hurry);
    this.happen("finished");
  }

  private happen(happening: Happening): void {
    const [phase, effect] = step(this.phase, happening);
    const changed = phase !== this.phase;
    this.phase = phase;
    this.act(effect);
    if (changed) this.ports.phased(phase);
  }

  private act(effect: Effect): void {
    // The connect timer runs on through the greeting: a server that takes the socket but never answers is down too.
    if (effect !== "none" && effect !== "greet") clearTimeout(this.timer);
    if (effect === "connect") this.connect();
    if (effect === "greet") this.socket?.send(JSON.stringify(this.ports.hello()));
    if (effect === "wait") this.wait();
    if (effect === "close") this.drop();
  }

  private connect(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    this.lastHeard = performance.now();
    const mine = (act: () => void) => () => this.socket === socket && act();
    socket.onopen = mine(() => this.happen("opened"));
    socket.onclose = mine(() => this.lose());
    socket.onmessage = (event) => this.socket === socket && this.hear(event.data);
    this.expectAnswer();
  }

  /** To a hello: one that never comes is a line that is down, too. */
  private expectAnswer(): void {
    const answered = () => this.phase === "joined" || this.phase === "held";
    this.timer = window.setTimeout(() => answered() || this.lose(), CONNECT_WITHIN_S * 1000);
  }

  private wait(): void {
    const seconds = backoff(this.attempt++, Math.random());
    this.timer = window.setTimeout(() => this.happen("retry"), seconds * 1000);
  }

  private lose(): void {
    this.drop();
    this.happen("lost");
  }

  private drop(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  private hear(data: unknown): void {
    this.lastHeard = performance.now();
    const message = JSON.parse(String(data)) as ToPage;
    if (message.type === "welcome") {
      this.attempt = 0;
      clearTimeout(this.timer);
      this.happen("welcomed");
    }
    if (message.type === "waiting") {
      this.attempt = 0;
      clearTimeout(this.timer);
      this.happen("held");
    }
    if (message.type === "admitted") {
      this.happen("admitted");
      this.expectAnswer();
    }
    this.ports.heard(message);
  }

  private beat(): void {
    if (this.phase !== "joined" && this.phase !== "held") return;
    if (performance.now() - this.lastHeard > DEAD_AFTER_S * 1000) this.lose();
    else this.send({ type: "ping", at: performance.now() / 1000 });
  }

  /** The network may have changed: ask at once, and do not wait long for the answer. */
  doubt(): void {
    this.retryNow();
    if (this.check || !this.send({ type: "ping", at: performance.now() / 1000 })) return;
    const [socket, asked] = [this.socket, performance.now()];
    this.check = window.setTimeout(() => {
      this.check = 0;
      if (this.socket === socket && this.lastHeard < asked) this.lose();
    }, DEAD_AFTER_CHANGE_S * 1000);
  }

  /** The network or the person is back: do not sit out the wait. */
  private retryNow(): void {
    if (this.phase === "waiting" && document.visibilityState === "visible") this.happen("retry");
  }
}
