"""The VP8 payload descriptor (RFC 7741 section 4.2): reading it, and where its running numbers lie. Pure."""

from __future__ import annotations

from typing import NamedTuple

from media.errors import BadPacket


class Vp8(NamedTuple):
    """What a forwarder needs of a descriptor. Positions (`…_at`) count from the start of the packet; 0 means absent."""

    starts_frame: bool
    keyframe: bool
    picture_id: int
    picture_id_at: int
    picture_id_bits: int  # 15, 7 or 0
    tl0picidx: int
    tl0picidx_at: int
    height: int = 0  # lines of the picture; key frames only


LONGEST = 7  # bytes of the longest descriptor and the frame's first
_new = tuple.__new__  # spares a function in Python (media/rtp/header.py)


def parse(data: bytes, start: int, end: int) -> Vp8:
    """Read the descriptor of the payload `data[start:end]`. Raises `BadPacket` when it is cut off."""
    if end - start <= LONGEST:  # else the packet need not be copied to bound it
        data = data[:end]
    picture_id = picture_id_at = bits = tl0picidx = tl0picidx_at = 0
    try:
        first, at = data[start], start + 1
        if first & 0x80:
            present, at = data[at], at + 1
            if present & 0x80:
                picture_id_at, bits = at, 15 if data[at] & 0x80 else 7
                picture_id = (data[at] & 0x7F) << 8 | data[at + 1] if bits == 15 else data[at]
                at += 2 if bits == 15 else 1
            if present & 0x40:
                tl0picidx, tl0picidx_at, at = data[at], at, at + 1
            if present & 0x30:
                at += 1
        starts_frame = first & 0x17 == 0x10
        keyframe = starts_frame and data[at] & 0x01 == 0
    except IndexError:
        raise BadPacket("VP8 descriptor is cut off") from None
    height = _height(data[:end], at) if keyframe else 0
    return _new(Vp8, (starts_frame, keyframe, picture_id, picture_id_at, bits, tl0picidx, tl0picidx_at, height))


def _height(data: bytes, at: int) -> int:
    """From a key frame's header (RFC 6386 section 9.1): tag, start code, then 14 bits each of width and height."""
    if len(data) < at + 10 or data[at + 3 : at + 6] != b"\x9d\x01\x2a":
        return 0
    return (data[at + 9] << 8 | data[at + 8]) & 0x3FFF
