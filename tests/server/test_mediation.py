"""The media process dies, and starting another may fail: rooms are told, and media comes back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from media.errors import PlaneDown
from media.ports import Event, MediaPlane, PeerLost, SlotPlan, Tapped, TrackEnded
from server.mediation import MediaKeeper
from tests.waiting import settled


@dataclass
class Plane:
    """A media process that can be ended by hand."""

    says: asyncio.Queue[Event | None] = field(default_factory=asyncio.Queue)
    opened: list[str] = field(default_factory=list)

    async def open_room(self, room: str, elapsed: float, directory: str, plan: SlotPlan) -> None:
        self.opened.append(room)

    async def offer(self, room: str, peer: str, sdp: str) -> str:
        return sdp

    async def leave(self, room: str, peer: str) -> None: ...
    async def close_room(self, room: str) -> None: ...
    async def stats(self, room: str) -> dict[str, object]:
        return {}

    async def events(self) -> AsyncIterator[Event]:
        while (event := await self.says.get()) is not None:
            yield event

    async def close(self) -> None:
        self.says.put_nowait(None)


@dataclass
class Rooms:
    told: list[str] = field(default_factory=list)
    refusing: bool = False

    async def on_media(self, event: Event) -> None:
        self.told.append(type(event).__name__)
        if self.refusing:
            raise TimeoutError("the database is locked")

    async def on_media_up(self) -> None:
        self.told.append("up")

    async def on_media_down(self) -> None:
        self.told.append("down")
        if self.refusing:
            raise TimeoutError("the database is locked")


class Listeners:
    def hear(self, event: Tapped) -> None: ...
    async def ended(self, event: TrackEnded) -> None: ...


async def test_media_comes_back_though_starting_fails_and_rooms_cannot_be_told() -> None:
    first, second = Plane(), Plane()
    starts: list[MediaPlane | Exception] = [first, PlaneDown("port taken"), OSError("no process"), second]
    pauses: list[float] = []
    release = asyncio.Event()

    async def start() -> MediaPlane:
        outcome = starts.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        await release.wait()

    keeper, rooms = MediaKeeper(start, pause), Rooms(refusing=True)
    await keeper.run(rooms, Listeners())
    first.says.put_nowait(PeerLost("rapat", "a", "consent"))
    first.says.put_nowait(None)
    await settled()
    assert not keeper.up
    with pytest.raises(PlaneDown):
        await keeper.offer("rapat", "a", "v=0")
    release.set()
    await settled()
    assert keeper.up
    assert pauses == [0.2, 0.4, 0.8]
    assert rooms.told == ["up", "PeerLost", "down", "up"]
    await keeper.close()
