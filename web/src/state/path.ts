/** The media path of a room: one connection at a time, kept alive by the table in media/health.ts. */

import { type Signal, signal } from "@preact/signals";
import { Connection, UPLINKS, type Uplink } from "../media/connection";
import { type Health, LIMIT_S, pause, type Remedy, type Sign, step } from "../media/health";
import { type Limit, type Picture, UNLIMITED } from "../media/layers";
import type { IceServer, Plan } from "../protocol/messages";

/** In this time something must arrive: the server reports every second, and browsers check more often than that. */
const LOOK_S = 1.5;
/** What lay on the wire when the network changed, and a report that the browser made just before, count for nothing. */
const SETTLE_S = 0.3;
/** While it flows, this long without anything is no pause. */
const SILENCE_S = 3;
/** Only in these is there a path to look at. */
const LIVING: readonly Health[] = ["flowing", "ailing", "restarting"];

export interface PathPorts {
  /** Send an offer; false while the socket is down. `peer` is given for an ICE restart. */
  offer(id: number, sdp: string, peer: string | null): boolean;
  track(uplink: Uplink): MediaStreamTrack | null;
  /** The path is in doubt, so the socket is too: a dead one would swallow the offer that mends it. */
  doubt(): void;
  /** Whether the socket is up. While it is down nothing can be mended, and media may still flow. */
  reachable(): boolean;
}

export class Path {
  readonly health: Signal<Health> = signal("idle");
  readonly connection: Signal<Connection | null> = signal(null);
  peer: string | null = null;
  /** Connections made and ICE restarts asked for since the room was entered. */
  readonly made = { connections: 0, restarts: 0 };
  private plan: Plan | null = null;
  private iceServers: readonly IceServer[] = [];
  private readonly limits: Record<Picture, Limit> = { camera: UNLIMITED, screen: UNLIMITED };
  private offers = 0;
  private failures = 0;
  private timer = 0;
  private looking = false;
  private lookAgain = false;
  private watching = 0;

  constructor(private readonly ports: PathPorts) {}

  /** The socket is up (again). `kept`: the server still has our connection. */
  resume(plan: Plan, iceServers: readonly IceServer[], kept: boolean): void {
    this.plan = plan;
    this.iceServers = iceServers;
    if (kept) this.connection.value?.relays(iceServers);
    if (!kept || !this.connection.value) this.sign("wanted");
    // A path that fell ill while the socket was down is treated at once.
    else if (this.health.value === "restarting") this.sign("reached");
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
      // After a restart a browser that saw nothing wrong has no change of state to tell.
      if (this.health.value === "restarting") void this.look();
    } catch {
      // Not an answer to this offer, or not one this browser takes: a new connection is the way out.
      mine("failed");
    }
  }

  refused(id: number): void {
    if (id === this.offers) this.sign("refused");
  }

  async replace(uplink: Uplink, track: MediaStreamTrack | null): Promise<void> {
    const connection = this.connection.value;
    try {
      await connection?.send(uplink, track);
    } catch {
      // A microphone that silently sends nothing is worse than a second without sound.
      if (connection && this.connection.value === connection) this.sign("wanted");
    }
  }

  /** Which layers of our picture somebody watches; it holds for this connection, over every change of the track. */
  wanted(picture: Picture, layers: readonly boolean[]): void {
    // Before its answer nothing can be said of a new connection: this is still about the former one.
    if (this.peer === null) return;
    this.restrict(picture, { ...this.limits[picture], wanted: layers });
  }

  /** Whether this person saves data, on this connection and the next ones. */
  save(saving: boolean): void {
    for (const picture of ["camera", "screen"] as const)
      this.restrict(picture, { ...this.limits[picture], saving });
  }

  /** The network may have changed: find out whether anything still arrives, sooner than the browser would. */
  async look(): Promise<void> {
    const connection = this.connection.value;
    if (!connection || !LIVING.includes(this.health.value)) return;
    this.lookAgain = true;
    if (this.looking) return;
    this.looking = true;
    const mine = () => this.connection.value === connection;
    try {
      do {
        this.lookAgain = false;
        await wait(SETTLE_S);
        const before = await connection.arrived();
        await wait(LOOK_S);
        const alive = (await connection.arrived()) > before;
        if (mine() && LIVING.includes(this.health.value)) this.judge(alive);
      } while (mine() && (this.lookAgain || this.health.value === "restarting"));
    } catch {
      // A connection that cannot be asked is closed: another one has taken its place.
    } finally {
      this.looking = false;
    }
  }

  private judge(alive: boolean): void {
    if (!alive) this.ports.doubt();
    this.sign(alive ? "up" : "stale");
  }

  /** A way that ends without a word is noticed sooner than the browser gives it up (7 to 10 s). */
  private watch(connection: Connection): void {
    clearInterval(this.watching);
    let seen = -1;
    let at = performance.now();
    this.watching = window.setInterval(async () => {
      try {
        const arrived = await connection.arrived();
        const now = performance.now();
        // A page that slept, or is not connected yet, has not been told of silence.
        if (arrived !== seen || this.health.value !== "flowing") [seen, at] = [arrived, now];
        else if (now - at > SILENCE_S * 1000 && this.connection.value === connection) {
          at = now;
          this.judge(false);
        }
      } catch {
        clearInterval(this.watching);
      }
    }, 1000);
  }

  close(): void {
    clearTimeout(this.timer);
    clearInterval(this.watching);
    this.health.value = "idle";
    this.drop();
  }

  private sign(sign: Sign): void {
    const [health, remedy] = step(this.health.value, sign);
    if (health === this.health.value && remedy === "none") return;
    if (health === "flowing") this.failures = 0;
    if (sign === "down") this.ports.doubt();
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
    if (remedy === "none") return;
    let connection: Connection | null = null;
    try {
      connection = remedy === "renew" ? this.renew() : this.connection.value;
      if (!connection) return;
      if (remedy === "renew")
        await Promise.all(UPLINKS.map((each) => connection?.send(each, this.ports.track(each))));
      await this.offer(connection, remedy === "restart");
    } catch {
      if (this.connection.value === connection) this.sign("failed");
    }
  }

  private renew(): Connection | null {
    this.drop();
    if (!this.plan) return null;
    const mine = (sign: Sign) => () => this.connection.value === connection && this.sign(sign);
    const ports = { up: mine("up"), down: mine("down"), failed: mine("failed") };
    const connection = new Connection(this.plan, this.iceServers, ports);
    this.connection.value = connection;
    this.made.connections++;
    this.watch(connection);
    // The server counts a new connection's watchers anew.
    for (const picture of ["camera", "screen"] as const)
      this.restrict(picture, { ...this.limits[picture], wanted: null });
    return connection;
  }

  /** Nothing, if `connection` has been replaced meanwhile: whoever replaced it offers the next one. */
  private async offer(connection: Connection, restart: boolean): Promise<void> {
    if (this.connection.value !== connection) return;
    const id = ++this.offers;
    const sdp = await connection.offer(restart);
    if (this.connection.value !== connection) return;
    if (restart) this.made.restarts++;
    // Unsent, it expires like an unanswered one; the next welcome hurries it on.
    this.ports.offer(id, sdp, restart ? this.peer : null);
  }

  private restrict(picture: Picture, limit: Limit): void {
    this.limits[picture] = limit;
    this.connection.value?.restrict(picture, limit);
  }

  private drop(): void {
    this.connection.value?.close();
    this.connection.value = null;
    this.peer = null;
    // What is still said of its offers is not about the next connection.
    this.offers++;
  }
}

function wait(seconds: number): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve, seconds * 1000));
}
