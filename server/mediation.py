"""Keeps a media process alive and answering, stands in for it towards the rooms, and hands its events on."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Protocol

from media.errors import PlaneDown
from media.ports import Event, Kind, MediaPlane, SlotPlan, Tapped, TrackEnded, VoiceUse, Wish

logger = logging.getLogger(__name__)
FIRST_PAUSE_S = 0.2
LONGEST_PAUSE_S = 5.0
ASK_EVERY_S = 2.0
ANSWER_S = 3.0
MOST_SILENCES = 2  # one may be this machine's own standstill, after which both wake up too late


class Plane(MediaPlane, Protocol):
    """A plane in a process of its own: `media.process.ProcessPlane`."""

    async def ready(self, within: float) -> None:
        """Raises `PlaneDown` when it does not answer within so many seconds."""

    def kill(self) -> None:
        """Its stream of events ends."""


class Rooms(Protocol):
    async def on_media(self, event: Event) -> None: ...
    async def on_media_up(self) -> None: ...
    async def on_media_down(self) -> None: ...


class Listeners(Protocol):
    def hear(self, event: Tapped) -> None: ...
    async def ended(self, event: TrackEnded) -> None: ...


async def end_when_silent(plane: Plane, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    """A process that lives and does not answer keeps everybody waiting: about 10 s, then it is ended."""
    silences = 0
    while silences < MOST_SILENCES:
        await sleep(ASK_EVERY_S)
        try:
            await plane.ready(ANSWER_S)
            silences = 0
        except PlaneDown:
            silences += 1
    logger.error("the media process does not answer and is ended")
    plane.kill()


class MediaKeeper:
    """`rooms.ports.Media` that survives the death of the process behind it: until it is back, commands fail."""

    def __init__(
        self,
        start: Callable[[], Awaitable[Plane]],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        watch: Callable[[Plane], Coroutine[None, None, None]] = end_when_silent,
    ) -> None:
        self._start, self._sleep, self._watch = start, sleep, watch
        self._plane: Plane | None = None
        self._task: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
        self._closing = False

    @property
    def up(self) -> bool:
        return self._plane is not None

    async def run(self, rooms: Rooms, listeners: Listeners) -> None:
        """Start the process; returns when it is up. Raises `PlaneDown` if the first start fails."""
        plane = await self._start()
        self._task = asyncio.create_task(self._keep(plane, rooms, listeners))

    async def close(self) -> None:
        """Let the process finish writing; its last events are still handed on."""
        self._closing = True
        await self._stop_watching()  # whoever writes the last recordings to disk may take its time
        if self._plane is not None:
            await self._plane.close()
        elif self._task is not None:
            self._task.cancel()  # it waits to start another process, which nobody needs any more
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    async def open_room(self, room: str, elapsed: float, directory: str, plan: SlotPlan) -> None:
        await self._up().open_room(room, elapsed, directory, plan)

    async def offer(self, room: str, peer: str, sdp: str) -> str:
        return await self._up().offer(room, peer, sdp)

    async def wish(self, room: str, peer: str, wish: Wish) -> None:
        await self._up().wish(room, peer, wish)

    async def sends(self, room: str, peer: str, kinds: Sequence[Kind]) -> None:
        await self._up().sends(room, peer, kinds)

    async def voice(self, room: str, peer: str, use: VoiceUse) -> None:
        await self._up().voice(room, peer, use)

    async def floor(self, room: str, peers: Sequence[str]) -> None:
        await self._up().floor(room, peers)

    async def leave(self, room: str, peer: str) -> None:
        await self._up().leave(room, peer)

    async def close_room(self, room: str) -> None:
        await self._up().close_room(room)

    async def stats(self, room: str) -> dict[str, object]:
        return await self._up().stats(room)

    def _up(self) -> Plane:
        if self._plane is None:
            raise PlaneDown("the media process is starting again")
        return self._plane

    async def _keep(self, plane: Plane, rooms: Rooms, listeners: Listeners) -> None:
        while True:
            self._plane = plane
            self._watching = asyncio.create_task(self._watch(plane))
            await _guarded(rooms.on_media_up())
            async for event in plane.events():
                await self._hand_on(event, rooms, listeners)
            self._plane = None
            await self._stop_watching()
            if self._closing:
                return
            logger.error("the media process ended; starting another")
            await _guarded(rooms.on_media_down())
            await plane.close()
            plane = await self._again()

    async def _hand_on(self, event: Event, rooms: Rooms, listeners: Listeners) -> None:
        try:
            if isinstance(event, Tapped):
                listeners.hear(event)
            elif isinstance(event, TrackEnded):
                await listeners.ended(event)
            else:
                await rooms.on_media(event)
        except Exception:
            # One event must not stop the ones behind it: every other room hangs on this loop.
            logger.exception("an event of media could not be handled: %s", type(event).__name__)

    async def _stop_watching(self) -> None:
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)

    async def _again(self) -> Plane:
        pause = FIRST_PAUSE_S
        while True:
            await self._sleep(pause)
            try:
                return await self._start()
            except (PlaneDown, OSError):
                pause = min(LONGEST_PAUSE_S, pause * 2)


async def _guarded(telling: Awaitable[None]) -> None:
    """Rooms that cannot be told (a full disk, a locked database) must not keep media down for everybody."""
    try:
        await telling
    except Exception:
        logger.exception("rooms could not be told about media")
