"""What server and media tell each other is the same on both sides."""

from __future__ import annotations

import asyncio

import pytest

from media import wire
from media.errors import MediaError
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

EVENTS: list[Event] = [
    PeerConnected("m", "p"),
    PeerLost("m", "p", "consent"),
    SlotsChanged("m", "p", (SlotFill("4", Kind.MIC, "q", 7), SlotFill("8", Kind.CAMERA, "q", 9, paused=True))),
    SpeakersChanged("m", ("p", "q"), "p"),
    SpeakersChanged("m", (), None),
    LayersWanted("m", "p", Kind.SCREEN, (True, False)),
    QualityChanged("m", "p", Quality.POOR),
    Tapped("m", "p", ((1.5, b"opus"),)),
    TrackEnded("m", "p"),
]
WISHES = [Wish(), Wish(Mode.AUDIO, ("p",), ()), Wish(Mode.SAVING, ("p", "q"), (("q", 540), ("p", 180)))]


async def passed_on(message: object) -> object:
    """Through a stream, as the socketpair does it."""
    reader = asyncio.StreamReader()
    reader.feed_data(wire.pack(message))
    reader.feed_eof()
    return await wire.read(reader)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
async def test_an_event_comes_out_as_it_went_in(event: Event) -> None:
    described = await passed_on(wire.event_to_wire(event))
    assert isinstance(described, list)
    again = wire.event_from_wire(described)
    assert again == event
    assert repr(again) == repr(event)  # kinds and qualities are themselves again, not what they compare equal to


@pytest.mark.parametrize("wish", WISHES)
async def test_a_wish_comes_out_as_it_went_in(wish: Wish) -> None:
    described = await passed_on(wire.wish_to_wire(wish))
    assert isinstance(described, list)
    again = wire.wish_from_wire(described)
    assert again == wish
    assert repr(again) == repr(wish)


def test_what_would_not_be_read_is_not_sent() -> None:
    with pytest.raises(MediaError):
        wire.pack([1, "ok", b"x" * wire.MOST_BYTES])
