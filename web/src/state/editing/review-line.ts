/** The socket of a review: tells where this person is, hears who else is there and that something has changed. */

import { backoff } from "../backoff";
import { onNetworkChange } from "../network";
import { heard, type Told } from "./presence";

export interface At {
  line: string | null;
  editing: boolean;
}

interface Ports {
  told(message: Told): void;
  /** It stands, anew: what was said meanwhile has been missed. */
  connected(): void;
  lost(): void;
}

/** Longer waits than a room's: nobody misses a word. */
const PATIENCE = 5;

export class ReviewLine {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private timer = 0;
  private at: At = { line: null, editing: false };
  private closed = false;
  private readonly unlisten = onNetworkChange(() => this.retryNow());

  constructor(
    private readonly url: string,
    private readonly ports: Ports,
  ) {
    this.connect();
  }

  /** Said again on every new connection. */
  say(at: At): void {
    if (at.line === this.at.line && at.editing === this.at.editing) return;
    this.at = at;
    this.tell();
  }

  close(): void {
    this.closed = true;
    this.unlisten();
    clearTimeout(this.timer);
    this.socket?.close();
  }

  private connect(): void {
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onopen = () => {
      this.attempt = 0;
      this.tell();
      this.ports.connected();
    };
    socket.onmessage = (event) => {
      const message = heard(event.data);
      if (message) this.ports.told(message);
    };
    socket.onclose = () => this.lose(socket);
  }

  private lose(socket: WebSocket): void {
    if (socket !== this.socket || this.closed) return;
    this.socket = null;
    this.ports.lost();
    this.timer = window.setTimeout(
      () => this.connect(),
      backoff(this.attempt++, Math.random()) * PATIENCE * 1000,
    );
  }

  private retryNow(): void {
    if (this.socket || this.closed) return;
    clearTimeout(this.timer);
    this.connect();
  }

  private tell(): void {
    if (this.socket?.readyState === WebSocket.OPEN)
      this.socket.send(JSON.stringify({ type: "at", ...this.at }));
  }
}
