"""Good input to begin from, for every target."""

from __future__ import annotations

import struct

from media.ice import Credentials
from media.ports import SlotPlan
from tests.media.client import offer
from tests.media.packets import rtp, vp8

PLAN = SlotPlan(2, 2)
OFFER = offer(PLAN, ":".join(["AB"] * 32))


def seeds(target: str) -> list[bytes]:
    """At least one valid input of each target."""
    return _SEEDS[target]


def _framed(*packets: bytes) -> bytes:
    """As `targets._pieces` reads them."""
    padded = [packet + bytes(-len(packet) % 4) for packet in packets]
    return b"".join(bytes([len(packet) // 4]) + packet for packet in padded)


def _check() -> bytes:
    from aioice import stun

    message = stun.Message(message_method=stun.Method.BINDING, message_class=stun.Class.REQUEST)
    message.attributes["USERNAME"] = f"{Credentials().ufrag}:client"
    message.add_message_integrity(b"p" * 24)
    message.add_fingerprint()
    return bytes(message)


_VOICE = rtp(1, 960, b"\xf8\xff\xfe", mid="0", level=20)
_PICTURE = rtp(1, 3000, vp8(1, 1, keyframe=True), payload_type=96, ssrc=8, mid="1")
_NACK = struct.pack("!BBHIIHH", 0x81, 205, 3, 1, 7, 1, 0xFFFF)
_PLI = struct.pack("!BBHII", 0x81, 206, 2, 1, 7)
_REMB = struct.pack("!BBHII", 0x8F, 206, 5, 1, 0) + b"REMB" + bytes([1, 0x12, 0x34, 0x56]) + struct.pack("!I", 7)
_REPORT = struct.pack("!BBHI", 0x81, 201, 7, 1) + bytes(24)

_SEEDS = {
    "rtp": [_VOICE, _PICTURE, rtp(2, 0, b"", padding=255)],
    "uplink": [_framed(_VOICE, _PICTURE, _VOICE), _framed(*(rtp(n, n, b"x" * 9, mid="0") for n in (1, 9, 40, 3)))],
    "feedback": [_framed(_NACK, _PLI), _framed(_REMB), _framed(_REPORT + _NACK)],
    "stun": [_check()],
    "offer": [OFFER.encode()],
    "message": [b'{"type":"hello","version":1}', b'{"type":"offer","id":1,"sdp":"v=0"}', b'{"type":"ping","at":1}'],
    "counters": [bytes(range(64)), bytes([0, 1, 1, 0, 0, 2, 1, 0, 255, 255, 9, 9])],
}
