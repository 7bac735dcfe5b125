/** The media path of a room: one connection at a time, kept alive by the table in media/health.ts. */

import { type Signal, signal } from "@preact/signals";
import { Connection, type Uplink } from "../media/connection";
import { type Health, LIMIT_S, pause, type Remedy, type Sign, step } from "../media/health";
import type { Plan } from "../protocol/messages";

export interface PathPorts {
  /** Send an offer; false while the socket is down. `peer` is given for an ICE restart. */
  offer(id: number, sdp: string, peer: string | null): boolean;
  track(uplink: Uplink): MediaStreamTrack | null;
  /** Whether the socket is up. While it is down nothing can be mended, and media may still flow. */
  reachable(): boolean;
}

export class Path {
  readonly health: Signal<Health> = signal("idle");
  readonly connection: Signal<Connection | null> = signal(null);
  peer: string | null = null;
  private plan: Plan | null = null;
  private offers = 0;
  private failures = 0;
  private timer = 0;

  constructor(private readonly ports: PathPorts) {}

  /** The socket is up (again). `kept`: the server still has our connection. */
  resume(plan: Plan, kept: boolean): void {
    this.plan = plan;
    if (!kept || !this.connection.value) this.sign("wanted");
    // A path that fell ill while the socket was down is treated at once.
    else if (this.health.value !== "flowing") this.sign("expired");
  }

  /** The server has lost the connection `peer`; false when that is not the present one, which goes on. */
  lost(peer: string): boolean {
    if (peer !== this.peer) return false;
    const young = this.health.value === "offering" || this.health.value === "connecting";
    // Without its other end it must not come up in the pause.
    this.drop();
    // A connection lost before it flowed is a failed attempt: pause, so that two sides cannot chase each other.
    this.sign(young ? "failed" : "wanted");
    return true;
  }

  async answered(id: number, peer: string, sdp: string): Promise<void> {
    const connection = this.connection.value;
    if (id !== this.offers || !connection) return;
    this.peer = peer;
    // Meanwhile it may have been replaced: what becomes of it says nothing about the next one.
    const mine = (sign: Sign) => this.connection.value === connection && this.sign(sign);
    try {
      await connection.accept(sdp);
      mine("answered");
    } catch {
      // Not an answer to this offer, or not one this browser takes: a new connection is the way out.
      mine("failed");
    }
  }

  refused(id: number): void {
    if (id === this.offers) this.sign("refused");
  }

  async replace(uplink: Uplink, track: MediaStreamTrack | null): Promise<void> {
    await this.connection.value?.send(uplink, track);
  }

  close(): void {
    clearTimeout(this.timer);
    this.health.value = "idle";
    this.drop();
  }

  private sign(sign: Sign): void {
    const [health, remedy] = step(this.health.value, sign);
    if (health === this.health.value && remedy === "none") return;
    if (health === "flowing") this.failures = 0;
    this.health.value = health;
    this.limit(health);
    void this.treat(remedy);
  }

  private limit(health: Health): void {
    clearTimeout(this.timer);
    const seconds = health === "pausing" ? pause(this.failures++, Math.random()) : LIMIT_S[health];
    if (seconds !== null)
      this.timer = window.setTimeout(() => this.ports.reachable() && this.sign("expired"), seconds * 1000);
  }

  private async treat(remedy: Remedy): Promise<void> {
    if (remedy === "renew") await this.renew();
    if (remedy === "restart") await this.offer(true);
  }

  private async renew(): Promise<void> {
    if (!this.plan) return;
    this.drop();
    const mine = (sign: Sign) => () => this.connection.value === connection && this.sign(sign);
    const connection = new Connection(this.plan, {
      up: mine("up"),
      down: mine("down"),
      failed: mine("failed"),
    });
    this.connection.value = connection;
    await Promise.all([
      connection.send("mic", this.ports.track("mic")),
      connection.send("camera", this.ports.track("camera")),
    ]);
    await this.offer(false);
  }

  private async offer(restart: boolean): Promise<void> {
    const connection = this.connection.value;
    if (!connection) return;
    try {
      const id = ++this.offers;
      const sdp = await connection.offer(restart);
      // Unsent, it expires like an unanswered one; the next welcome hurries it on.
      if (this.connection.value === connection) this.ports.offer(id, sdp, restart ? this.peer : null);
    } catch {
      if (this.connection.value === connection) this.sign("failed");
    }
  }

  private drop(): void {
    this.connection.value?.close();
    this.connection.value = null;
    this.peer = null;
    // What is still said of its offers is not about the next connection.
    this.offers++;
  }
}
