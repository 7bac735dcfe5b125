"""RTCP in and out (RFC 3550 section 6, RFC 4585, REMB). Pure.

Hundreds of receivers report several times a second each: what is read becomes tuples, and nothing is read twice.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from media.errors import BadPacket
from media.rtp.stats import ReceptionReport

OUR_SSRC = 1
RTCP_PSFB_PLI, RTCP_PSFB_FIR, RTCP_PSFB_APP = 1, 4, 15  # RFC 4585 section 6.3, RFC 5104 section 4.3.1
RTCP_RTPFB_NACK = 1  # RFC 4585 section 6.2.1
SR, RR, RTPFB, PSFB = 200, 201, 205, 206
HEAD = struct.Struct("!BBH")
SSRC = struct.Struct("!I")
SSRCS = struct.Struct("!II")
SENDER = struct.Struct("!IQIII")
READ_BLOCK = struct.Struct("!IIIIII")
BLOCK = struct.Struct("!IB3sIIII")
PAIR = struct.Struct("!HH")


class RtcpReceiverInfo(NamedTuple):
    """A report block (RFC 3550 section 6.4.1), in the units of the wire."""

    ssrc: int
    fraction_lost: int  # of 256
    packets_lost: int  # 24 bits, signed
    highest_sequence: int
    jitter: int
    lsr: int  # the middle 32 bits of our sender report's NTP time; 0: none has come
    dlsr: int  # 1/65536 s since then


class RtcpSenderInfo(NamedTuple):
    ntp_timestamp: int  # 64 bits
    rtp_timestamp: int
    packet_count: int
    octet_count: int


class RtcpSrPacket(NamedTuple):
    ssrc: int
    sender_info: RtcpSenderInfo
    reports: list[RtcpReceiverInfo]


class RtcpRrPacket(NamedTuple):
    ssrc: int
    reports: list[RtcpReceiverInfo]


class RtcpRtpfbPacket(NamedTuple):
    """`lost`: sequence numbers (16 bits) of a NACK; empty for other feedback."""

    fmt: int
    ssrc: int
    media_ssrc: int
    lost: list[int]


class RtcpPsfbPacket(NamedTuple):
    fmt: int
    ssrc: int
    media_ssrc: int
    fci: bytes = b""


AnyRtcp = RtcpSrPacket | RtcpRrPacket | RtcpRtpfbPacket | RtcpPsfbPacket


def parse(data: bytes) -> list[AnyRtcp]:
    """The packets of a decrypted compound, but for kinds that say nothing to us. Raises `BadPacket`."""
    found: list[AnyRtcp] = []
    at = 0
    while at < len(data):
        if at + HEAD.size > len(data):
            raise BadPacket("RTCP: a header is cut off")
        first, kind, words = HEAD.unpack_from(data, at)
        start, behind = at + HEAD.size, at + HEAD.size + 4 * words
        if first >> 6 != 2 or behind > len(data):
            raise BadPacket("RTCP: not version 2, or cut off")
        if (reader := READERS.get(kind)) is not None:
            end = behind - data[behind - 1] if first & 0x20 else behind  # section 6.4.1: padding counts itself
            try:
                found.append(reader(first & 0x1F, data, start, end))
            except struct.error:
                raise BadPacket("RTCP: shorter than what it says to hold") from None
        at = behind
    return found


def _read_sender(count: int, data: bytes, at: int, end: int) -> RtcpSrPacket:
    ssrc, *info = SENDER.unpack_from(data, at)
    return RtcpSrPacket(ssrc, RtcpSenderInfo(*info), _read_blocks(count, data, at + SENDER.size, end))


def _read_receiver(count: int, data: bytes, at: int, end: int) -> RtcpRrPacket:
    return RtcpRrPacket(SSRC.unpack_from(data, at)[0], _read_blocks(count, data, at + SSRC.size, end))


def _read_blocks(count: int, data: bytes, at: int, end: int) -> list[RtcpReceiverInfo]:
    if at + count * READ_BLOCK.size > end:
        raise BadPacket("RTCP: report blocks are cut off")
    found = []
    for ssrc, losses, highest, jitter, lsr, dlsr in READ_BLOCK.iter_unpack(data[at : at + count * READ_BLOCK.size]):
        lost = (losses & 0xFFFFFF) - ((losses & 0x800000) << 1)
        found.append(RtcpReceiverInfo(ssrc, losses >> 24, lost, highest, jitter, lsr, dlsr))
    return found


def _read_transport(fmt: int, data: bytes, at: int, end: int) -> RtcpRtpfbPacket:
    ssrc, media_ssrc = _read_ssrcs(data, at, end)
    at += SSRCS.size
    if fmt != RTCP_RTPFB_NACK:
        return RtcpRtpfbPacket(fmt, ssrc, media_ssrc, [])
    if (end - at) % PAIR.size:
        raise BadPacket("RTCP: a NACK is cut off")
    lost: list[int] = []
    for sequence, mask in PAIR.iter_unpack(data[at:end]):
        lost.append(sequence)
        if mask:
            lost += [sequence + 1 + bit & 0xFFFF for bit in range(16) if mask >> bit & 1]
    return RtcpRtpfbPacket(fmt, ssrc, media_ssrc, lost)


def _read_payload(fmt: int, data: bytes, at: int, end: int) -> RtcpPsfbPacket:
    ssrc, media_ssrc = _read_ssrcs(data, at, end)
    return RtcpPsfbPacket(fmt, ssrc, media_ssrc, data[at + SSRCS.size : end])


def _read_ssrcs(data: bytes, at: int, end: int) -> tuple[int, int]:
    if at + SSRCS.size > end:
        raise BadPacket("RTCP: feedback is cut off")
    sender, media = SSRCS.unpack_from(data, at)
    return sender, media


READERS: dict[int, Callable[[int, bytes, int, int], AnyRtcp]] = {
    SR: _read_sender,
    RR: _read_receiver,
    RTPFB: _read_transport,
    PSFB: _read_payload,
}


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
    body = b"".join(PAIR.pack(*pair) for pair in pairs)
    return struct.pack("!BBHII", 0x81, RTPFB, 2 + len(pairs), OUR_SSRC, media_ssrc) + body


def pli(media_ssrc: int) -> bytes:
    """RFC 4585 section 6.3.1: please send a key frame."""
    return struct.pack("!BBHII", 0x81, PSFB, 2, OUR_SSRC, media_ssrc)


def remb_bitrate(fci: bytes) -> int | None:
    """Receiver estimated maximum bitrate, bits per second (draft-alvestrand-rmcat-remb); None: something else."""
    if fci[:4] != b"REMB" or len(fci) < 8 or len(fci) != 8 + 4 * fci[4]:
        return None
    value = int.from_bytes(fci[5:8], "big")
    return (value & 0x3FFFF) << (value >> 18)


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
