/** getStats() as operators read it: one row per m-section, with the seat whose media it carries now. Pure. */

import type { Slot } from "../protocol/messages";

export interface Inbound {
  mid: string;
  kind: string;
  /** Who fills the slot now; null while it is empty. */
  seat: string | null;
  packetsReceived: number;
  packetsLost: number;
  packetsDiscarded: number;
  nackCount: number;
  jitter: number;
  framesDecoded: number;
  framesDropped: number;
  freezeCount: number;
  concealedSamples: number;
  totalSamplesReceived: number;
}

export interface Outbound {
  mid: string;
  kind: string;
  packetsSent: number;
  bytesSent: number;
  retransmittedPacketsSent: number;
  framesEncoded: number;
  frameWidth: number;
  frameHeight: number;
  /** As the server reports them (RFC 3550 receiver reports). */
  packetsLost: number;
  roundTripTime: number;
}

export interface Diagnostics {
  inbound: Inbound[];
  outbound: Outbound[];
  /** Frames shown under a name while slot map and packets agreed, by seat, since the room was entered. */
  shown: Record<string, number>;
}

type Row = Record<string, unknown>;

const number = (row: Row | undefined, name: string) =>
  typeof row?.[name] === "number" ? (row[name] as number) : 0;
const text = (row: Row, name: string) => (typeof row[name] === "string" ? (row[name] as string) : "");

export function diagnose(
  rows: Iterable<Row>,
  slots: readonly Slot[],
  shown: Readonly<Record<string, number>>,
): Diagnostics {
  const all = [...rows];
  const seats = new Map(slots.map((slot) => [slot.mid, slot.seat]));
  const reports = new Map(
    all.filter((row) => row.type === "remote-inbound-rtp").map((row) => [row.localId, row]),
  );
  return {
    inbound: all.filter((row) => row.type === "inbound-rtp").map((row) => inbound(row, seats)),
    outbound: all
      .filter((row) => row.type === "outbound-rtp")
      .map((row) => outbound(row, reports.get(row.id))),
    shown: { ...shown },
  };
}

function inbound(row: Row, seats: ReadonlyMap<string, string | null>): Inbound {
  const mid = text(row, "mid");
  return {
    mid,
    kind: text(row, "kind"),
    seat: seats.get(mid) ?? null,
    packetsReceived: number(row, "packetsReceived"),
    packetsLost: number(row, "packetsLost"),
    packetsDiscarded: number(row, "packetsDiscarded"),
    nackCount: number(row, "nackCount"),
    jitter: number(row, "jitter"),
    framesDecoded: number(row, "framesDecoded"),
    framesDropped: number(row, "framesDropped"),
    freezeCount: number(row, "freezeCount"),
    concealedSamples: number(row, "concealedSamples"),
    totalSamplesReceived: number(row, "totalSamplesReceived"),
  };
}

function outbound(row: Row, report: Row | undefined): Outbound {
  return {
    mid: text(row, "mid"),
    kind: text(row, "kind"),
    packetsSent: number(row, "packetsSent"),
    bytesSent: number(row, "bytesSent"),
    retransmittedPacketsSent: number(row, "retransmittedPacketsSent"),
    framesEncoded: number(row, "framesEncoded"),
    frameWidth: number(row, "frameWidth"),
    frameHeight: number(row, "frameHeight"),
    packetsLost: number(report, "packetsLost"),
    roundTripTime: number(report, "roundTripTime"),
  };
}
