"""`MediaPlane` in this process: the forwarding unit, its recorder and taps, and the queue of events."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from media.errors import UnknownRoom
from media.ports import Event, Kind, PacketSink, SlotPlan, Tapped, TrackEnded, VoiceUse, Wish
from media.recorder import ChunkWriter, Recorder
from media.reorder import OrderedSink
from media.settings import MediaSettings
from media.sfu import Sfu
from media.tap import AudioTap
from media.uptrack import UpTrack

FLUSH_S = 0.25
MOST_EVENTS = 20_000


@dataclass(frozen=True, slots=True)
class _Place:
    """A room's time and disk. Meeting time is monotonic time plus `offset`."""

    offset: float
    directory: Path

    def to_meeting(self, monotonic: float) -> float:
        return monotonic + self.offset


class LocalPlane:
    def __init__(self, settings: MediaSettings) -> None:
        self._sfu = Sfu(settings, self._sink_for, self._emit, self._gone)
        self._writer = ChunkWriter()
        self._places: dict[str, _Place] = {}
        self._sinks: dict[tuple[str, str], list[OrderedSink]] = {}  # by room and peer
        self._events: asyncio.Queue[Event | None] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._flushing: asyncio.TimerHandle | None = None

    @property
    def port(self) -> int:
        return self._sfu.port

    async def start(self) -> None:
        await self._sfu.start()
        self._flush()

    async def open_room(self, room: str, elapsed: float, directory: str, plan: SlotPlan) -> None:
        if room not in self._places:
            self._places[room] = _Place(elapsed - time.monotonic(), Path(directory))
        self._sfu.open_room(room, plan)

    async def offer(self, room: str, peer: str, sdp: str) -> str:
        return await self._sfu.offer(room, peer, sdp)

    async def wish(self, room: str, peer: str, wish: Wish) -> None:
        self._sfu.wish(room, peer, wish)

    async def sends(self, room: str, peer: str, kinds: Sequence[Kind]) -> None:
        self._sfu.sends(room, peer, kinds)

    async def voice(self, room: str, peer: str, use: VoiceUse) -> None:
        self._sfu.voice(room, peer, use)

    async def floor(self, room: str, peers: Sequence[str]) -> None:
        self._sfu.floor(room, peers)

    async def leave(self, room: str, peer: str) -> None:
        self._sfu.leave(room, peer)

    async def close_room(self, room: str) -> None:
        self._sfu.close_room(room)
        self._places.pop(room, None)
        await self._written()

    async def stats(self, room: str) -> dict[str, object]:
        return self._sfu.stats(room)

    async def events(self) -> AsyncIterator[Event]:
        while (event := await self._events.get()) is not None:
            yield event

    async def close(self) -> None:
        if self._flushing is not None:
            self._flushing.cancel()
        await self._sfu.close()
        await asyncio.to_thread(self._writer.close)  # all events it gives are queued by then
        self._events.put_nowait(None)

    def _sink_for(self, room: str, peer: str, track: UpTrack) -> PacketSink:
        place = self._places.get(room)
        if place is None:
            raise UnknownRoom(room)
        tap = AudioTap(lambda packets: self._emit(Tapped(room, peer, packets)))
        recorder = Recorder(place.directory / peer, self._writer)
        sink = OrderedSink(track.clock, place.to_meeting, [recorder, tap])
        self._sinks.setdefault((room, peer), []).append(sink)
        return sink

    def _emit(self, event: Event) -> None:
        """Sound for the transcriber is the only thing that may be dropped: the recording has it too."""
        if isinstance(event, Tapped) and self._events.qsize() >= MOST_EVENTS:
            return
        self._events.put_nowait(event)

    def _gone(self, room: str, peer: str) -> None:
        self._sinks.pop((room, peer), None)
        self._after_writing(lambda: self._emit(TrackEnded(room, peer)))

    def _after_writing(self, done: Callable[[], None]) -> None:
        def on_disk() -> None:
            self._loop.call_soon_threadsafe(done)

        self._writer.call(on_disk)

    async def _written(self) -> None:
        """Returns when everything recorded so far is on disk and its events are in the queue."""
        done = asyncio.Event()
        self._after_writing(done.set)
        await done.wait()

    def _flush(self) -> None:
        self._flushing = self._loop.call_later(FLUSH_S, self._flush)
        for sinks in self._sinks.values():
            for sink in sinks:
                sink.tick(time.monotonic())
