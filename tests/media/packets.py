"""RTP packets made by hand, for tests."""

from __future__ import annotations

import struct
from collections.abc import Mapping

from media.ports import Kind, Packet
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
    marker: bool | None = None,
    mid: str | None = None,
    level: int | None = None,
    padding: int = 0,
    more: Mapping[int, bytes] | None = None,
) -> bytes:
    """One plain packet. `padding` bytes are appended; an empty payload with padding is a probe.

    `more`: further header extensions by their ids; `marker`: a picture of one packet ends with it.
    """
    if marker is None:
        marker = payload_type == VP8
    elements = b""
    if mid is not None:
        elements += bytes([MID_ID << 4 | len(mid) - 1]) + mid.encode()
    if level is not None:
        elements += bytes([LEVEL_ID << 4, level])
    for key, value in (more or {}).items():
        elements += bytes([key << 4 | len(value) - 1]) + value
    first = 0x80 | (0x10 if elements else 0) | (0x20 if padding else 0)
    head = struct.pack(
        "!BBHII", first, (0x80 if marker else 0) | payload_type, sequence & 0xFFFF, timestamp & 0xFFFFFFFF, ssrc
    )
    if elements:
        elements += bytes(-len(elements) % 4)
        head += b"\xbe\xde" + struct.pack("!H", len(elements) // 4) + elements
    tail = bytes(padding - 1) + bytes([padding]) if padding else b""
    return head + payload + tail


def vp8(
    picture_id: int,
    tl0picidx: int | None,
    *,
    keyframe: bool = False,
    starts: bool = True,
    bits: int = 15,
    height: int = 0,
) -> bytes:
    """A VP8 payload with a descriptor (RFC 7741 section 4.2) and a little body.

    `bits`: 15, 7 or 0, which leaves the picture id out; `tl0picidx` None is left out, too. `height`: of a key frame.
    """
    numbers = b""
    if bits:
        numbers += struct.pack("!H", 0x8000 | picture_id & 0x7FFF) if bits == 15 else bytes([picture_id & 0x7F])
    if tl0picidx is not None:
        numbers += bytes([tl0picidx & 0xFF])
    first = 0x10 if starts else 0x00
    present = (0x80 if bits else 0) | (0x40 if tl0picidx is not None else 0)
    descriptor = bytes([0x80 | first, present]) + numbers if present else bytes([first])
    if height:
        return descriptor + b"\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", height * 16 // 9, height) + b"picture"
    return descriptor + bytes([0x00 if keyframe else 0x01]) + b"picture"


def audio_track(peer: str = "a", ssrc: int = 7, csrc: int = 70) -> UpTrack:
    return UpTrack(peer, Kind.MIC, ssrc, OPUS, 48_000, csrc, LEVEL_ID)


def video_track(peer: str = "a", ssrc: int = 8, csrc: int = 80, kind: Kind = Kind.CAMERA) -> UpTrack:
    return UpTrack(peer, kind, ssrc, VP8, 90_000, csrc, None)


def receive(track: UpTrack, data: bytes, now: float) -> Packet | None:
    return track.receive(header.parse(data), data, now)


def received(track: UpTrack, data: bytes, now: float) -> Packet:
    """The same where nothing may be refused."""
    packet = receive(track, data, now)
    assert packet is not None
    return packet
