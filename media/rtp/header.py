"""The RTP fixed header, its CSRC list, header extensions and padding (RFC 3550 section 5.1, RFC 8285). Pure."""

from __future__ import annotations

import struct
from typing import NamedTuple

from media.errors import BadPacket

FIXED = struct.Struct("!BBHII")
PREFIX = struct.Struct("!HH")  # of the extensions: profile, length in words
ONE_BYTE_PROFILE = 0xBEDE
TWO_BYTE_PROFILE = 0x1000


class Header(NamedTuple):
    """One packet's header. `start` and `end` bound the payload inside the packet; padding lies outside.

    A tuple, because it is made for every packet: a frozen dataclass takes four times as long to make. `_new` makes one
    without the function in Python that a named tuple has for it.
    """

    payload_type: int
    marker: bool
    sequence: int
    timestamp: int
    ssrc: int
    start: int
    end: int
    extensions: dict[int, bytes]


_new = tuple.__new__


def parse(data: bytes) -> Header:
    """Read a decrypted RTP packet. Raises `BadPacket` for anything that is not exactly one."""
    if len(data) < FIXED.size:
        raise BadPacket("shorter than an RTP header")
    first, second, sequence, timestamp, ssrc = FIXED.unpack_from(data)
    if first >> 6 != 2:
        raise BadPacket("not RTP version 2")
    start = FIXED.size + 4 * (first & 0x0F)
    extensions: dict[int, bytes] = {}
    if first & 0x10:
        start, extensions = _extensions(data, start)
    end = _without_padding(data) if first & 0x20 else len(data)
    if start > end:
        raise BadPacket("header runs past the packet's end")
    return _new(Header, (second & 0x7F, second > 0x7F, sequence, timestamp, ssrc, start, end, extensions))


def _without_padding(data: bytes) -> int:
    padding = data[-1]
    if padding == 0:
        raise BadPacket("padding of no length")
    return len(data) - padding


def _extensions(data: bytes, at: int) -> tuple[int, dict[int, bytes]]:
    if at + 4 > len(data):
        raise BadPacket("extension header is cut off")
    profile, words = PREFIX.unpack_from(data, at)
    end = at + 4 + 4 * words
    if end > len(data):
        raise BadPacket("extensions run past the packet's end")
    if profile == ONE_BYTE_PROFILE:
        return end, _one_byte(data, at + 4, end)
    if profile & 0xFFF0 == TWO_BYTE_PROFILE:
        return end, _two_byte(data, at + 4, end)
    return end, {}


def _one_byte(data: bytes, at: int, end: int) -> dict[int, bytes]:
    """RFC 8285 section 4.2: four bits of id, four bits of length minus one; id 15 ends the list."""
    found: dict[int, bytes] = {}
    while at < end:
        first = data[at]
        key, at = first >> 4, at + 1
        if key == 0:
            continue
        if key == 15:
            break
        behind = at + (first & 0x0F) + 1
        if behind > end:
            raise BadPacket("extension element is cut off")
        found[key] = data[at:behind]
        at = behind
    return found


def _two_byte(data: bytes, at: int, end: int) -> dict[int, bytes]:
    """RFC 8285 section 4.3: one byte of id, one byte of length."""
    found: dict[int, bytes] = {}
    while at < end:
        key = data[at]
        if key == 0:
            at += 1
            continue
        if at + 2 > end or at + 2 + data[at + 1] > end:
            raise BadPacket("extension element is cut off")
        found[key] = data[at + 2 : at + 2 + data[at + 1]]
        at += 2 + data[at + 1]
    return found
