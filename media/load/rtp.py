"""Packets written and read: RTP with one-byte header extensions (RFC 3550, RFC 8285) and RTCP. Pure."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

FIXED = struct.Struct("!BBHII")
WITH_CSRC = struct.Struct("!BBHIII")  # the same and, where there is one, the first CSRC
SENDER_REPORT = struct.Struct("!BBHIQIII")
BLOCK = struct.Struct("!IIIIII")
NTP_EPOCH_S = 2_208_988_800
SR, RR, TRANSPORT_FEEDBACK, PAYLOAD_FEEDBACK = 200, 201, 205, 206
NACK, TRANSPORT_CC, PLI, FIR, AFB = 1, 15, 1, 4, 15


@dataclass(slots=True)
class Heard:
    """What one compound RTCP packet said."""

    senders: list[tuple[int, int]] = field(default_factory=list)  # SSRC and middle 32 bits of its NTP time
    reported: list[int] = field(default_factory=list)  # SSRCs that somebody reports having received
    keyframes: list[int] = field(default_factory=list)  # SSRCs whose key frame is asked for
    missing: list[tuple[int, int]] = field(default_factory=list)  # SSRC and sequence number asked for again
    transport_cc: int = 0  # feedback packets
    remb: int | None = None  # bit/s


def packet(
    second: int, sequence: int, timestamp: int, ssrc: int, elements: Iterable[tuple[int, bytes]], payload: bytes
) -> bytes:
    """`second`: marker and payload type; `elements`: header extensions by id."""
    extension = b"".join(bytes((id << 4 | len(value) - 1,)) + value for id, value in elements)
    if not extension:
        return FIXED.pack(0x80, second, sequence, timestamp, ssrc) + payload
    extension += bytes(-len(extension) % 4)
    head = FIXED.pack(0x90, second, sequence, timestamp, ssrc)
    return head + struct.pack("!HH", 0xBEDE, len(extension) // 4) + extension + payload


def payload_of(data: bytes) -> bytes:
    """The payload of a decrypted packet, without padding. Raises `IndexError` when it is cut off."""
    start = 12 + 4 * (data[0] & 0x0F)
    if data[0] & 0x10:
        start += 4 + 4 * (data[start + 2] << 8 | data[start + 3])
    return data[start : len(data) - data[-1] if data[0] & 0x20 else len(data)]


def sender_report(ssrc: int, wall: float, timestamp: int, packets: int, octets: int) -> bytes:
    """RFC 3550 section 6.4.1. `wall`: seconds since 1970 at which `timestamp` was true."""
    ntp = round((wall + NTP_EPOCH_S) * (1 << 32)) & 0xFFFFFFFFFFFFFFFF
    return SENDER_REPORT.pack(0x80, SR, 6, ssrc, ntp, timestamp & 0xFFFFFFFF, packets, octets)


def receiver_report(ours: int, blocks: Iterable[bytes]) -> bytes:
    """RFC 3550 section 6.4.2; at most 31 blocks."""
    body = b"".join(list(blocks)[:31])
    return struct.pack("!BBHI", 0x80 | len(body) // BLOCK.size, RR, 1 + len(body) // 4, ours) + body


def block(ssrc: int, fraction: int, lost: int, highest: int, last_report: int, since: int) -> bytes:
    """One report block. `fraction` in 1/256, `highest` extended, `since` in 1/65536 s."""
    return BLOCK.pack(ssrc, fraction << 24 | min(lost, 0x7FFFFF), highest, 0, last_report, since)


def remb(ours: int, bitrate: int, ssrcs: list[int]) -> bytes:
    """draft-alvestrand-rmcat-remb section 2.2. `bitrate` in bit/s."""
    exponent = max(0, bitrate.bit_length() - 18)
    amount = len(ssrcs) << 24 | exponent << 18 | bitrate >> exponent
    body = b"REMB" + struct.pack(f"!I{len(ssrcs)}I", amount, *ssrcs)
    return struct.pack("!BBHII", 0x80 | AFB, PAYLOAD_FEEDBACK, 2 + len(body) // 4, ours, 0) + body


def nack(ours: int, ssrc: int, sequences: list[int]) -> bytes:
    """RFC 4585 section 6.2.1, without bit masks."""
    body = b"".join(struct.pack("!HH", sequence, 0) for sequence in sequences)
    return struct.pack("!BBHII", 0x80 | NACK, TRANSPORT_FEEDBACK, 2 + len(sequences), ours, ssrc) + body


def hear(data: bytes) -> Heard:
    """Read a decrypted compound. What is cut off or unknown is passed over."""
    heard = Heard()
    for count, kind, body in _parts(data):
        if kind == SR and len(body) >= 24:
            heard.senders.append((int.from_bytes(body[:4], "big"), int.from_bytes(body[6:10], "big")))
        if kind in (SR, RR):
            first = 24 if kind == SR else 4
            heard.reported += [int.from_bytes(body[at : at + 4], "big") for at in range(first, len(body) - 23, 24)]
        elif kind == TRANSPORT_FEEDBACK and count == NACK:
            heard.missing += _missing(body)
        elif kind == TRANSPORT_FEEDBACK and count == TRANSPORT_CC:
            heard.transport_cc += 1
        elif kind == PAYLOAD_FEEDBACK:
            _hear_pictures(heard, count, body)
    return heard


def _parts(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    while at + 4 <= len(data):
        end = at + 4 + 4 * (data[at + 2] << 8 | data[at + 3])
        yield data[at] & 0x1F, data[at + 1], data[at + 4 : end]
        at = end


def _missing(body: bytes) -> Iterator[tuple[int, int]]:
    ssrc = int.from_bytes(body[4:8], "big")
    for at in range(8, len(body) - 3, 4):
        first, mask = struct.unpack_from("!HH", body, at)
        yield ssrc, first
        yield from ((ssrc, first + bit + 1 & 0xFFFF) for bit in range(16) if mask >> bit & 1)


def _hear_pictures(heard: Heard, kind: int, body: bytes) -> None:
    if kind == PLI:
        heard.keyframes.append(int.from_bytes(body[4:8], "big"))
    elif kind == FIR:
        heard.keyframes += [int.from_bytes(body[at : at + 4], "big") for at in range(8, len(body) - 7, 8)]
    elif kind == AFB and body[8:12] == b"REMB" and len(body) >= 16:
        amount = int.from_bytes(body[12:16], "big")
        heard.remb = (amount & 0x3FFFF) << (amount >> 18 & 0x3F)
