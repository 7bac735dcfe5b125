"""RTP packets made by hand, for tests."""

from __future__ import annotations

import struct

from media.ports import Kind
from media.rtp import header
from media.uptrack import UpTrack

OPUS, VP8 = 111, 96
MID_ID, LEVEL_ID = 4, 1


def rtp(
    sequence: int,
    timestamp: int,
    payload: bytes,
    *,
    ssrc: int = 7,
    payload_type: int = OPUS,
    marker: bool = False,
    mid: str | None = None,
    level: int | None = None,
    padding: int = 0,
) -> bytes:
    """One plain packet. `padding` bytes are appended; an empty payload with padding is a probe."""
    elements = b""
    if mid is not None:
        elements += bytes([MID_ID << 4 | len(mid) - 1]) + mid.encode()
    if level is not None:
        elements += bytes([LEVEL_ID << 4, level])
    first = 0x80 | (0x10 if elements else 0) | (0x20 if padding else 0)
    head = struct.pack(
        "!BBHII", first, (0x80 if marker else 0) | payload_type, sequence & 0xFFFF, timestamp & 0xFFFFFFFF, ssrc
    )
    if elements:
        elements += bytes(-len(elements) % 4)
        head += b"\xbe\xde" + struct.pack("!H", len(elements) // 4) + elements
    tail = bytes(padding - 1) + bytes([padding]) if padding else b""
    return head + payload + tail


def vp8(picture_id: int, tl0picidx: int, *, keyframe: bool = False, starts: bool = True, bits: int = 15) -> bytes:
    """A VP8 payload with a full descriptor (RFC 7741 section 4.2) and a little body."""
    picture = struct.pack("!H", 0x8000 | picture_id & 0x7FFF) if bits == 15 else bytes([picture_id & 0x7F])
    body = bytes([0x00 if keyframe else 0x01]) + b"picture"
    return bytes([0x90 if starts else 0x80, 0xC0]) + picture + bytes([tl0picidx & 0xFF]) + body


def audio_track(peer: str = "a", ssrc: int = 7, csrc: int = 70) -> UpTrack:
    return UpTrack(peer, Kind.MIC, ssrc, OPUS, 48_000, csrc, LEVEL_ID)


def video_track(peer: str = "a", ssrc: int = 8, csrc: int = 80) -> UpTrack:
    return UpTrack(peer, Kind.CAMERA, ssrc, VP8, 90_000, csrc, None)


def receive(track: UpTrack, data: bytes, now: float) -> object:
    return track.receive(header.parse(data), data, now)
