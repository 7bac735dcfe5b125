"""RTCP in and out (RFC 3550 section 6, RFC 4585, REMB). Pure. Reading leans on aiortc's classes."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

from aiortc.rtp import (
    RTCP_PSFB_APP,
    RTCP_PSFB_FIR,
    RTCP_PSFB_PLI,
    RTCP_RTPFB_NACK,
    RtcpByePacket,
    RtcpPacket,
    RtcpPsfbPacket,
    RtcpReceiverInfo,
    RtcpRrPacket,
    RtcpRtpfbPacket,
    RtcpSdesPacket,
    RtcpSrPacket,
    unpack_remb_fci,
)

from media.errors import BadPacket
from media.rtp.stats import ReceptionReport

OUR_SSRC = 1
BLOCK = struct.Struct("!IB3sIIII")

__all__ = [
    "RTCP_PSFB_APP",
    "RTCP_PSFB_FIR",
    "RTCP_PSFB_PLI",
    "RTCP_RTPFB_NACK",
    "RtcpByePacket",
    "RtcpPsfbPacket",
    "RtcpReceiverInfo",
    "RtcpRrPacket",
    "RtcpRtpfbPacket",
    "RtcpSrPacket",
    "nack",
    "parse",
    "picture_loss",
    "pli",
    "receiver_report",
    "remb_bitrate",
]

AnyRtcp = RtcpByePacket | RtcpPsfbPacket | RtcpRrPacket | RtcpRtpfbPacket | RtcpSdesPacket | RtcpSrPacket


def parse(data: bytes) -> list[AnyRtcp]:
    """The packets of a decrypted compound. Raises `BadPacket`."""
    try:
        return list(RtcpPacket.parse(data))
    except (ValueError, struct.error, IndexError, UnicodeDecodeError) as error:
        raise BadPacket(f"RTCP: {error}") from None


def receiver_report(reports: Sequence[ReceptionReport]) -> bytes:
    """RFC 3550 section 6.4.2. At most 31 blocks."""
    blocks = b"".join(_block(each) for each in reports[:31])
    return struct.pack("!BBHI", 0x80 | len(reports[:31]), 201, 1 + len(blocks) // 4, OUR_SSRC) + blocks


def nack(media_ssrc: int, sequences: Iterable[int]) -> bytes:
    """RFC 4585 section 6.2.1: pairs of a packet id and a bit mask of the sixteen behind it."""
    pairs: list[list[int]] = []
    for sequence in sequences:
        distance = (sequence - pairs[-1][0]) & 0xFFFF if pairs else 0
        if pairs and 1 <= distance <= 16:
            pairs[-1][1] |= 1 << (distance - 1)
        else:
            pairs.append([sequence, 0])
    body = b"".join(struct.pack("!HH", *pair) for pair in pairs)
    return struct.pack("!BBHII", 0x81, 205, 2 + len(pairs), OUR_SSRC, media_ssrc) + body


def pli(media_ssrc: int) -> bytes:
    """RFC 4585 section 6.3.1: please send a key frame."""
    return struct.pack("!BBHII", 0x81, 206, 2, OUR_SSRC, media_ssrc)


def remb_bitrate(fci: bytes) -> int | None:
    """Receiver estimated maximum bitrate, bits per second (draft-alvestrand-rmcat-remb); None: something else."""
    if fci[:4] != b"REMB":
        return None
    try:
        return int(unpack_remb_fci(fci)[0])
    except (ValueError, struct.error, IndexError):
        return None


def picture_loss(packet: RtcpPsfbPacket) -> list[int]:
    """SSRCs for which a key frame is asked: by PLI (RFC 4585 section 6.3.1) or FIR (RFC 5104 section 4.3.1)."""
    if packet.fmt == RTCP_PSFB_PLI:
        return [packet.media_ssrc]
    if packet.fmt == RTCP_PSFB_FIR:
        return [int.from_bytes(packet.fci[at : at + 4], "big") for at in range(0, len(packet.fci) - 7, 8)]
    return []


def _block(report: ReceptionReport) -> bytes:
    return BLOCK.pack(
        report.ssrc,
        report.fraction_lost,
        (report.packets_lost & 0xFFFFFF).to_bytes(3, "big"),
        report.highest_sequence,
        report.jitter,
        report.last_sender_report,
        report.delay_since_sender_report,
    )
