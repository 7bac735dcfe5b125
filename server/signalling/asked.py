"""What pages say to the server over the room's WebSocket: one discriminated union."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, TypeAdapter

from server.signalling.asks import agenda, chat, delegation, door, floor, order, own, votes
from server.signalling.shapes import Message, Reaction, Sdp, SeatId

MOST_SHOWN = 64
MOST_PINNED = 8
MOST_PIXELS = 4320


def _first(most: int) -> BeforeValidator:
    """Lists of a page are in order of importance: what is over the bound is not looked at."""
    return BeforeValidator(lambda given: given[:most] if isinstance(given, list) else given)


class Shown(Message):
    """A picture on the page now."""

    seat: SeatId
    height: int = Field(ge=0, le=MOST_PIXELS, description="Device pixels")


class Hello(Message):
    """First message. `seat` and `peer` are given when coming back: the seat is kept, and the media too if it lives."""

    type: Literal["hello"] = "hello"
    version: int
    seat: str | None = None
    peer: str | None = None
    shared: bool = False
    mic: bool = False
    camera: bool = False
    notice: int = Field(default=0, ge=0, description="Version of the recording notice that was acknowledged")
    recorded: bool = Field(default=True, description="A guest may refuse: heard, and nothing is kept")


class Offer(Message):
    """An SDP offer. Without `peer` a new connection; with it an ICE restart on that connection."""

    type: Literal["offer"] = "offer"
    id: int
    peer: str | None = None
    sdp: Sdp


class Watch(Message):
    """What this page wants to see: at most 8 pinned and 64 shown seats, most important first; null: whatever fits."""

    type: Literal["watch"] = "watch"
    mode: Literal["full", "saving", "audio"]
    pinned: Annotated[list[SeatId], _first(MOST_PINNED)]
    shown: Annotated[list[Shown] | None, _first(MOST_SHOWN)]


class React(Message):
    """For a moment, to everybody; it does not stand on the record."""

    type: Literal["react"] = "react"
    kind: Reaction


class Leave(Message):
    type: Literal["leave"] = "leave"


class Ping(Message):
    type: Literal["ping"] = "ping"
    at: float


Request = (
    own.Request
    | order.Request
    | floor.Request
    | agenda.Request
    | chat.Request
    | votes.Request
    | door.Request
    | delegation.Request
)
"""What is a command to the room."""
FromPage = Annotated[Hello | Offer | Watch | Request | React | Leave | Ping, Field(discriminator="type")]

FROM_PAGE: TypeAdapter[FromPage] = TypeAdapter(FromPage)
