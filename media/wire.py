"""Frames between server and media process: four bytes of length, then msgpack. Pure but for reading a stream."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable

import msgpack

from media.errors import BadOffer, BadPacket, MediaError, PlaneDown, UnknownRoom
from media.ports import (
    Event,
    Kind,
    PeerConnected,
    PeerLost,
    SlotFill,
    SlotsChanged,
    SpeakersChanged,
    Tapped,
    TrackEnded,
)

MOST_BYTES = 4 << 20
ERRORS: dict[str, type[MediaError]] = {
    each.code: each for each in (MediaError, BadPacket, BadOffer, UnknownRoom, PlaneDown)
}


def pack(message: object) -> bytes:
    body: bytes = msgpack.packb(message, use_bin_type=True)
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


def event_to_wire(event: Event) -> list[object]:
    return [type(event).__name__, *dataclasses.astuple(event)]


def event_from_wire(message: list[object]) -> Event:
    name, *fields = message
    return _EVENTS[str(name)](*fields)


def _slots(room: str, peer: str, slots: list[list[object]]) -> SlotsChanged:
    return SlotsChanged(
        room,
        peer,
        tuple(SlotFill(mid, Kind(kind), source, csrc) for mid, kind, source, csrc in slots),  # type: ignore[arg-type]
    )


def _speakers(room: str, peers: list[str], dominant: str | None) -> SpeakersChanged:
    return SpeakersChanged(room, tuple(peers), dominant)


def _tapped(room: str, peer: str, packets: list[tuple[float, bytes]]) -> Tapped:
    return Tapped(room, peer, tuple((at, data) for at, data in packets))


_EVENTS: dict[str, Callable[..., Event]] = {
    "PeerConnected": PeerConnected,
    "PeerLost": PeerLost,
    "SlotsChanged": _slots,
    "SpeakersChanged": _speakers,
    "Tapped": _tapped,
    "TrackEnded": TrackEnded,
}
