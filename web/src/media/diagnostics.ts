/** getStats() as operators read it: one row per stream, with the seat whose media it carries now. Pure. */

import type { Slot } from "../protocol/messages";

/** Counters that a browser does not give are 0. */
const INBOUND = [
  "packetsReceived",
  "packetsLost",
  "packetsDiscarded",
  "bytesReceived",
  "retransmittedPacketsReceived",
  "nackCount",
  "jitter",
  "jitterBufferDelay",
  "jitterBufferEmittedCount",
  "frameWidth",
  "frameHeight",
  "framesPerSecond",
  "framesDecoded",
  "framesDropped",
  "freezeCount",
  "concealedSamples",
  "silentConcealedSamples",
  "totalSamplesReceived",
] as const;

const OUTBOUND = [
  "packetsSent",
  "bytesSent",
  "retransmittedPacketsSent",
  "nackCount",
  "targetBitrate",
  "framesEncoded",
  "framesPerSecond",
  "frameWidth",
  "frameHeight",
] as const;

/** What the server reports of our stream (RFC 3550 receiver reports). */
const REPORTED = ["packetsLost", "roundTripTime"] as const;

type Counters<Names extends readonly string[]> = Record<Names[number], number>;

export interface Inbound extends Counters<typeof INBOUND> {
  mid: string;
  kind: string;
  /** Who fills the slot now; null while it is empty. */
  seat: string | null;
}

export interface Outbound extends Counters<typeof OUTBOUND>, Counters<typeof REPORTED> {
  mid: string;
  kind: string;
  /** The simulcast layer; null where there is one stream only. */
  rid: string | null;
  /** True too where a browser does not say (Firefox). */
  active: boolean;
  qualityLimitationReason: string;
}

/** The pair of addresses in use. */
export interface Route {
  /** Of our end: `host`, `srflx`, `prflx` or `relay`. */
  candidateType: string;
  protocol: string;
  /** How the relay is reached: `udp`, `tcp` or `tls`; null without one. */
  relayProtocol: string | null;
  family: "ipv4" | "ipv6" | null;
  roundTripTime: number;
}

export interface Frames {
  /** Frames shown under a name while slot map and packets agreed, by seat, since the room was entered. */
  shown: Record<string, number>;
  /** The same of shared screens. */
  screens: Record<string, number>;
}

export interface Diagnostics extends Frames {
  inbound: Inbound[];
  outbound: Outbound[];
  route: Route | null;
}

export type Row = Record<string, unknown>;

const number = (row: Row | undefined, name: string) =>
  typeof row?.[name] === "number" ? (row[name] as number) : 0;
const text = (row: Row | undefined, name: string) =>
  typeof row?.[name] === "string" ? (row[name] as string) : "";

function counters<Names extends readonly string[]>(row: Row | undefined, names: Names): Counters<Names> {
  return Object.fromEntries(names.map((name) => [name, number(row, name)])) as Counters<Names>;
}

export function diagnose(given: Iterable<Row>, slots: readonly Slot[], counted: Frames): Diagnostics {
  const rows = [...given];
  const of = (type: string) => rows.filter((row) => row.type === type);
  const seats = new Map(slots.map((slot) => [slot.mid, slot.seat]));
  const reports = new Map(of("remote-inbound-rtp").map((row) => [row.localId, row]));
  return {
    inbound: of("inbound-rtp").map((row) => inbound(row, seats)),
    outbound: of("outbound-rtp").map((row) => outbound(row, reports.get(row.id))),
    route: route(rows),
    shown: { ...counted.shown },
    screens: { ...counted.screens },
  };
}

function inbound(row: Row, seats: ReadonlyMap<string, string | null>): Inbound {
  const mid = text(row, "mid");
  return { mid, kind: text(row, "kind"), seat: seats.get(mid) ?? null, ...counters(row, INBOUND) };
}

function outbound(row: Row, report: Row | undefined): Outbound {
  return {
    mid: text(row, "mid"),
    kind: text(row, "kind"),
    rid: text(row, "rid") || null,
    active: row.active !== false,
    qualityLimitationReason: text(row, "qualityLimitationReason"),
    ...counters(row, OUTBOUND),
    ...counters(report, REPORTED),
  };
}

/** Chromium names the pair in its transport's row, Firefox marks the pair itself. */
function route(rows: readonly Row[]): Route | null {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const transport = rows.find((row) => row.type === "transport");
  const pair =
    byId.get(transport?.selectedCandidatePairId) ??
    rows.find((row) => row.type === "candidate-pair" && row.selected === true);
  const local = byId.get(pair?.localCandidateId);
  if (!local) return null;
  const addresses = [local, byId.get(pair?.remoteCandidateId)].map((row) => text(row, "address"));
  return {
    candidateType: text(local, "candidateType"),
    protocol: text(local, "protocol"),
    relayProtocol: text(local, "relayProtocol") || null,
    family: family(addresses),
    roundTripTime: number(pair, "currentRoundTripTime"),
  };
}

/** Both ends of a pair are of one family; a browser may hide its own address behind a name ending in `.local`. */
function family(addresses: readonly string[]): Route["family"] {
  if (addresses.some((each) => each.includes(":"))) return "ipv6";
  return addresses.some((each) => /^\d+\.\d+\.\d+\.\d+$/.test(each)) ? "ipv4" : null;
}
