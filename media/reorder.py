"""Packets of one microphone put in order and placed in meeting time, for everybody who keeps them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from media.ports import Packet
from media.rtp import opus
from media.rtp.clock import SourceClock
from media.rtp.sequence import Unwrapper

WAIT_S = 1.0
JUMP_S = 0.06  # less is jitter of the clock's estimate: sound that runs on stays unbroken
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sound:
    """One Opus packet in meeting time (seconds)."""

    start: float
    end: float
    payload: bytes


class Reader(Protocol):
    """Who keeps sound: the recorder, the tap. Called on the forwarding loop: must not block."""

    def take(self, sound: Sound) -> None: ...
    def close(self) -> None: ...


class ReorderBuffer:
    """In order, each once. Waits for a missing packet until the one behind it is a second old. Pure."""

    def __init__(self) -> None:
        self._next: int | None = None
        self._waiting: dict[int, Packet] = {}

    def push(self, packet: Packet) -> list[Packet]:
        if self._next is None:
            self._next = packet.index
        if packet.index >= self._next:
            self._waiting[packet.index] = packet
        return self._ready() + self._overdue(packet.arrival)

    def flush(self) -> list[Packet]:
        """Everything that waits, in order."""
        rest = [self._waiting[index] for index in sorted(self._waiting)]
        self._waiting.clear()
        if rest:
            self._next = rest[-1].index + 1
        return rest

    def _ready(self) -> list[Packet]:
        assert self._next is not None
        found = []
        while (packet := self._waiting.pop(self._next, None)) is not None:
            found.append(packet)
            self._next += 1
        return found

    def _overdue(self, now: float) -> list[Packet]:
        found: list[Packet] = []
        while self._waiting and now - self._waiting[first := min(self._waiting)].arrival > WAIT_S:
            self._next = first
            found += self._ready()
        return found


class Timeline:
    """Places sound in meeting time. Time told never runs back and continuous sound has no seams. Pure."""

    def __init__(self) -> None:
        self._unwrap = Unwrapper(32)
        self._anchor: tuple[int, float] | None = None  # ticks and the meeting time they stand at
        self._end = 0.0

    def place(self, packet: Packet, captured: float) -> Sound:
        """`captured`: meeting time by the source's clock, good to its jitter."""
        ticks = self._unwrap.unwrap(packet.timestamp)
        payload = packet.data[packet.start : packet.end]
        start = self._running(ticks)
        if start is None or abs(captured - start) > JUMP_S:
            start = max(captured, self._end)
            self._anchor = (ticks, start)
        start = max(start, self._end)
        self._end = start + opus.duration(payload) / opus.RATE_HZ
        return Sound(start, self._end, payload)

    def _running(self, ticks: int) -> float | None:
        if self._anchor is None:
            return None
        return self._anchor[1] + (ticks - self._anchor[0]) / opus.RATE_HZ


class OrderedSink:
    """A `PacketSink` that hands sound to its readers in order. `to_meeting` turns monotonic into meeting seconds."""

    def __init__(self, clock: SourceClock, to_meeting: Callable[[float], float], readers: Sequence[Reader]) -> None:
        self._clock, self._to_meeting = clock, to_meeting
        self._readers = list(readers)
        self._buffer = ReorderBuffer()
        self._timeline = Timeline()

    def write(self, packet: Packet) -> None:
        for each in self._buffer.push(packet):
            self._place(each)

    def close(self) -> None:
        for each in self._buffer.flush():
            self._place(each)
        for reader in self._readers:
            reader.close()

    def _place(self, packet: Packet) -> None:
        captured = max(0.0, self._to_meeting(self._clock.capture(packet.timestamp)))
        sound = self._timeline.place(packet, captured)
        if sound.end == sound.start:
            return  # not Opus: nothing that could be played
        for reader in list(self._readers):
            try:
                reader.take(sound)
            except Exception:
                # One reader's trouble must not take the record from the other.
                logger.exception("a reader of sound failed and is removed")
                self._readers.remove(reader)
