"""Packets of one microphone put in order and placed in meeting time, for everybody who keeps them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from operator import methodcaller
from typing import NamedTuple, Protocol

from media.ports import Packet
from media.rtp import opus
from media.rtp.clock import SourceClock
from media.rtp.sequence import Unwrapper

WAIT_S = 1.0
JUMP_S = 0.06  # less is jitter of the clock's estimate: sound that runs on stays unbroken
SLEW = 0.002  # ... and follows the clock slowly: sound cards drift by a twentieth of this
logger = logging.getLogger(__name__)


class Sound(NamedTuple):
    """One Opus packet in meeting time (seconds)."""

    start: float
    end: float
    payload: bytes


class Reader(Protocol):
    """Who keeps sound: the recorder, the tap. Called on the forwarding loop: must not block."""

    def take(self, sound: Sound) -> None: ...
    def idle(self, now: float) -> None: ...
    def close(self) -> None: ...


class Captured(NamedTuple):
    """A packet and when it was captured (meeting seconds): known when it comes, not when it is its turn."""

    packet: Packet
    at: float


class ReorderBuffer:
    """In order, each once. Waits for a missing packet until the one behind it is a second old. Pure."""

    def __init__(self) -> None:
        self._next: int | None = None
        self._waiting: dict[int, Captured] = {}

    def push(self, captured: Captured) -> list[Captured]:
        index = captured.packet.index
        if self._next is None:
            self._next = index
        if index == self._next and not self._waiting:  # so it is nearly always
            self._next = index + 1
            return [captured]
        if index >= self._next:
            self._waiting[index] = captured
        return self._ready() + self.overdue(captured.packet.arrival)

    def overdue(self, now: float) -> list[Captured]:
        """What has waited long enough for a packet that does not come."""
        found: list[Captured] = []
        while self._waiting and now - self._waiting[first := min(self._waiting)].packet.arrival > WAIT_S:
            self._next = first
            found += self._ready()
        return found

    def flush(self) -> list[Captured]:
        """Everything that waits, in order."""
        rest = [self._waiting[index] for index in sorted(self._waiting)]
        self._waiting.clear()
        if rest:
            self._next = rest[-1].packet.index + 1
        return rest

    def _ready(self) -> list[Captured]:
        assert self._next is not None
        found = []
        while (captured := self._waiting.pop(self._next, None)) is not None:
            found.append(captured)
            self._next += 1
        return found


class Timeline:
    """Places sound in meeting time. Starts told never run back and continuous sound has no seams. Pure.

    A sound card that runs fast counts more seconds than pass. Sound that never pauses would get ever further ahead, by
    most of a second in two hours, so packets are laid over one another by a hair until they stand where they were said.
    """

    def __init__(self) -> None:
        self._unwrap = Unwrapper(32)
        self._last: tuple[int, float] | None = None  # ticks of the last packet and its start
        self._end = 0.0

    def place(self, packet: Packet, captured: float) -> Sound:
        """`captured`: meeting time by the source's clock, good to its jitter."""
        ticks = self._unwrap.unwrap(packet.timestamp)
        payload = packet.data[packet.start : packet.end]
        start = self._start(ticks, captured)
        self._last = (ticks, start)
        self._end = start + opus.duration(payload) / opus.RATE_HZ
        return Sound(start, self._end, payload)

    def _start(self, ticks: int, captured: float) -> float:
        if self._last is None:
            return captured
        ran = (ticks - self._last[0]) / opus.RATE_HZ
        running, step = self._last[1] + ran, SLEW * min(max(ran, 0.0), WAIT_S)
        if abs(captured - running) <= JUMP_S:
            captured = min(max(captured, running - step), running + step)
        return max(captured, self._end - step)


class OrderedSink:
    """A `PacketSink` that hands sound to its readers in order. `to_meeting` turns monotonic into meeting seconds.

    When it comes a packet is given its time and no more: all else is done with every `tick` for many together, out of
    the way of who waits to hear it.
    """

    def __init__(self, clock: SourceClock, to_meeting: Callable[[float], float], readers: Sequence[Reader]) -> None:
        self._clock, self._to_meeting = clock, to_meeting
        self._readers = tuple(readers)
        self._buffer = ReorderBuffer()
        self._timeline = Timeline()
        self._unsettled: list[Packet] = []  # came while the clock was in doubt
        self._captured: list[Captured] = []  # since the last tick

    def write(self, packet: Packet) -> None:
        settling = self._clock.settling(packet.arrival)
        if settling or self._unsettled:
            self._unsettled.append(packet)
            if not settling:
                self._push_unsettled()
        else:
            self._push(packet)

    def tick(self, now: float) -> None:
        """A few times a second (monotonic seconds): a microphone that falls silent must not keep its last words."""
        if self._unsettled and not self._clock.settling(now):
            self._push_unsettled()
        self._order()
        self._place(self._buffer.overdue(now))
        self._tell(methodcaller("idle", self._to_meeting(now)))

    def close(self) -> None:
        self._push_unsettled()
        self._order()
        self._place(self._buffer.flush())
        self._tell(methodcaller("close"))

    def _push_unsettled(self) -> None:
        packets, self._unsettled = self._unsettled, []
        for packet in packets:
            self._push(packet)

    def _push(self, packet: Packet) -> None:
        captured = max(0.0, self._to_meeting(self._clock.capture(packet.timestamp)))
        self._captured.append(Captured(packet, captured))

    def _order(self) -> None:
        came, self._captured = self._captured, []
        for captured in came:
            self._place(self._buffer.push(captured))

    def _place(self, ready: Sequence[Captured]) -> None:
        for each in ready:
            sound = self._timeline.place(each.packet, each.at)
            if sound.end > sound.start:  # else not Opus: nothing that could be played
                self._tell(methodcaller("take", sound))

    def _tell(self, what: Callable[[Reader], None]) -> None:
        for reader in self._readers:
            try:
                what(reader)
            except Exception:
                # One reader's trouble must not take the record from the other.
                logger.exception("a reader of sound failed and is removed")
                self._readers = tuple(each for each in self._readers if each is not reader)
