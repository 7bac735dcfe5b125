"""Frames between server and media process: four bytes of length, then msgpack. Pure but for reading a stream."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import msgpack

from media.errors import BadOffer, BadPacket, MediaError, PlaneDown, UnknownRoom
from media.ports import (
    Event,
    Kind,
    LayersWanted,
    Mode,
    PeerConnected,
    PeerLost,
    Quality,
    QualityChanged,
    SlotFill,
    SlotsChanged,
    SpeakersChanged,
    Tapped,
    TrackEnded,
    Wish,
)

MOST_BYTES = 16 << 20  # the counters of a room with two thousand people are the longest thing said
ERRORS: dict[str, type[MediaError]] = {
    each.code: each for each in (MediaError, BadPacket, BadOffer, UnknownRoom, PlaneDown)
}


def pack(message: object) -> bytes:
    """Raises `MediaError` for what the other side would not read."""
    body: bytes = msgpack.packb(message, use_bin_type=True, default=_values)
    if len(body) > MOST_BYTES:
        raise MediaError("a frame between server and media would be too long")
    return len(body).to_bytes(4, "big") + body


async def read(reader: asyncio.StreamReader) -> object | None:
    """The next message; None at the end of the stream, also when it ends within a message."""
    try:
        length = int.from_bytes(await reader.readexactly(4), "big")
        if length > MOST_BYTES:
            raise MediaError("a frame between server and media is too long")
        return msgpack.unpackb(await reader.readexactly(length), raw=False, use_list=True)  # type: ignore[no-any-return]
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


def wish_to_wire(wish: Wish) -> list[object]:
    return list(dataclasses.astuple(wish))


def wish_from_wire(message: Sequence[object]) -> Wish:
    mode, pinned, shown = message
    pictures = None if shown is None else tuple((peer, height) for peer, height in shown)  # type: ignore[attr-defined]
    return Wish(Mode(mode), tuple(pinned), pictures)  # type: ignore[arg-type]


def event_to_wire(event: Event) -> list[object]:
    return [type(event).__name__, *_values(event)]


def _values(held: Any) -> list[object]:
    """Of a dataclass with slots; msgpack asks for those that lie within."""
    return [getattr(held, name) for name in held.__slots__]


def event_from_wire(message: list[object]) -> Event:
    name, *fields = message
    return _EVENTS[str(name)](*fields)


def _slots(room: str, peer: str, slots: list[list[object]]) -> SlotsChanged:
    return SlotsChanged(
        room,
        peer,
        tuple(SlotFill(mid, Kind(kind), *held) for mid, kind, *held in slots),  # type: ignore[arg-type]
    )


def _speakers(room: str, peers: list[str], dominant: str | None) -> SpeakersChanged:
    return SpeakersChanged(room, tuple(peers), dominant)


def _layers(room: str, peer: str, kind: str, layers: list[bool]) -> LayersWanted:
    return LayersWanted(room, peer, Kind(kind), tuple(layers))


def _quality(room: str, peer: str, quality: int) -> QualityChanged:
    return QualityChanged(room, peer, Quality(quality))


def _tapped(room: str, peer: str, packets: list[tuple[float, bytes]]) -> Tapped:
    return Tapped(room, peer, tuple((at, data) for at, data in packets))


_EVENTS: dict[str, Callable[..., Event]] = {
    "PeerConnected": PeerConnected,
    "PeerLost": PeerLost,
    "SlotsChanged": _slots,
    "SpeakersChanged": _speakers,
    "LayersWanted": _layers,
    "QualityChanged": _quality,
    "Tapped": _tapped,
    "TrackEnded": TrackEnded,
}
