"""The media process dies, and starting another may fail: rooms are told, and media comes back."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from media.errors import PlaneDown
from media.ports import Event, Kind, PeerLost, SlotPlan, Tapped, TrackEnded, VoiceUse, Wish
from media.process import ProcessPlane
from media.settings import MediaSettings
from server.mediation import MediaKeeper, end_when_silent
from server.mediation import Plane as Watched
from tests.waiting import settled


@dataclass
class Plane:
    """A media process that can be ended by hand."""

    says: asyncio.Queue[Event | None] = field(default_factory=asyncio.Queue)
    opened: list[str] = field(default_factory=list)
    answers: list[bool] = field(default_factory=list)  # to `ready`, the last one for ever
    waited: list[float] = field(default_factory=list)  # seconds it was given to answer

    async def ready(self, within: float) -> None:
        self.waited.append(within)
        if self.answers and not (self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]):
            raise PlaneDown("no answer")

    def kill(self) -> None:
        self.says.put_nowait(None)

    async def open_room(self, room: str, elapsed: float, directory: str, plan: SlotPlan) -> None:
        self.opened.append(room)

    async def offer(self, room: str, peer: str, sdp: str) -> str:
        return sdp

    async def wish(self, room: str, peer: str, wish: Wish) -> None: ...
    async def sends(self, room: str, peer: str, kinds: Sequence[Kind]) -> None: ...

    async def voice(self, room: str, peer: str, use: VoiceUse) -> None: ...
    async def floor(self, room: str, peers: Sequence[str]) -> None: ...
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
    starts: list[Plane | Exception] = [first, PlaneDown("port taken"), OSError("no process"), second]
    pauses: list[float] = []
    release = asyncio.Event()

    async def start() -> Plane:
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


# --- a process that lives and does not answer ---


async def at_once(seconds: float) -> None:
    """Time that passes without waiting for it."""
    await asyncio.sleep(0)


async def test_silence_is_told_from_a_late_answer() -> None:
    plane, slept = Plane(answers=[True, False, True, False, True, False, False]), list[float]()

    async def pause(seconds: float) -> None:
        slept.append(seconds)

    await end_when_silent(plane, pause)
    assert len(plane.waited) == 7
    assert plane.says.get_nowait() is None
    assert 8 <= sum(plane.waited[-2:]) + sum(slept[-2:]) <= 12  # seconds


async def test_a_silent_process_is_replaced() -> None:
    silent, second = Plane(answers=[False]), Plane()
    planes = [silent, second]

    async def start() -> Plane:
        return planes.pop(0)

    async def watch(plane: Watched) -> None:
        await end_when_silent(plane, at_once if plane is silent else asyncio.sleep)

    keeper, rooms = MediaKeeper(start, at_once, watch), Rooms()
    await keeper.run(rooms, Listeners())
    await settled()
    await settled()
    assert rooms.told == ["up", "down", "up"]
    await keeper.offer("rapat", "a", "v=0")
    await keeper.close()
    assert second.waited == []


async def test_who_writes_the_last_of_a_recording_is_not_hurried() -> None:
    plane, asking = Plane(answers=[False]), asyncio.Event()

    async def start() -> Plane:
        return plane

    async def watch(plane: Watched) -> None:
        asking.set()
        await asyncio.Event().wait()
        plane.kill()

    keeper = MediaKeeper(start, at_once, watch)
    await keeper.run(Rooms(), Listeners())
    await asking.wait()
    await keeper.close()
    assert not keeper.up


async def test_a_process_that_stands_still_is_ended_and_another_started(tmp_path: Path) -> None:
    """A real one, stopped by a signal: it keeps its socket open and its memory, and says nothing."""
    started: list[ProcessPlane] = []
    back = asyncio.Event()

    class Stopping(Rooms):
        async def on_media_up(self) -> None:
            await super().on_media_up()
            if len(started) == 1:
                os.kill(started[0].pid, signal.SIGSTOP)
            else:
                back.set()

    async def start() -> ProcessPlane:
        started.append(await ProcessPlane.start(MediaSettings(bind="127.0.0.1", port=0)))
        return started[-1]

    async def watch(plane: Watched) -> None:
        """As `end_when_silent`, with less patience."""
        assert isinstance(plane, ProcessPlane)
        if plane is started[0]:
            with pytest.raises(PlaneDown, match="did not answer"):
                await plane.ready(0.1)
            plane.kill()

    keeper, rooms = MediaKeeper(start, at_once, watch), Stopping()
    await keeper.run(rooms, Listeners())
    await back.wait()
    assert rooms.told == ["up", "down", "up"]
    with pytest.raises(ProcessLookupError):
        os.kill(started[0].pid, 0)
    await keeper.open_room("rapat", 0.0, str(tmp_path), SlotPlan())
    assert (await keeper.stats("rapat"))["peers"] == {}
    await keeper.close()
