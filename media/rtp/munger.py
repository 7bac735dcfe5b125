"""One continuous outgoing numbering over changing sources: sequence, timestamp and VP8 running numbers. Pure.

Within one stretch of one source everything is shifted by constants, so a packet always comes out as the same bytes. A
new stretch begins with a new source or layer, and after a leap of a source's numbers.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Generic, TypeVar

LEAP = 1000  # a source may not push our numbering near half of 2^16, where SRTP would lose count
KEPT_STRETCHES = 32
Source = TypeVar("Source")


@dataclass(frozen=True, slots=True)
class Running:
    """Running numbers of a packet, a source's or ours."""

    index: int
    timestamp: int
    picture_id: int = 0
    tl0picidx: int = 0


@dataclass(frozen=True, slots=True)
class Stretch(Generic[Source]):
    """Constants that turn a source's numbers into ours, from source index `first` on."""

    source: Source
    first: int
    sequence: int  # added to the source's extended sequence number
    timestamp: int
    picture_id: int
    tl0picidx: int

    @property
    def begins(self) -> int:
        """Our own index of its first packet."""
        return self.first + self.sequence

    def apply(self, packet: Running) -> Running:
        return Running(
            packet.index + self.sequence,
            packet.timestamp + self.timestamp,
            packet.picture_id + self.picture_id,
            packet.tl0picidx + self.tl0picidx,
        )


class Munger(Generic[Source]):
    """`begin` opens a stretch, `end` closes it with the newest packet that was sent in it."""

    __slots__ = ("_captured", "_open", "_rate", "_step", "_stretches", "last")

    def __init__(self, rate_hz: int, first_sequence: int, first_timestamp: int, step: int = 1) -> None:
        """`step`: ticks that a packet lasts, the least by which a new stretch follows the one before."""
        self._rate, self._step = rate_hz, step
        self._stretches: deque[Stretch[Source]] = deque(maxlen=KEPT_STRETCHES)
        self._open: Stretch[Source] | None = None
        self._captured: float | None = None
        self.last = Running(first_sequence - 1, first_timestamp, -1, -1)  # newest numbers of what has ended

    def begin(self, packet: Running, captured: float, source: Source) -> Stretch[Source]:
        """The constants from this packet of `source` on. `captured`: when it was, in seconds of any one clock."""
        last, ticks = self.last, 0
        if self._captured is not None:
            ticks = max(self._step, round((captured - self._captured) * self._rate))
        made = Stretch(
            source=source,
            first=packet.index,
            sequence=last.index + 1 - packet.index,
            timestamp=last.timestamp + ticks - packet.timestamp,
            picture_id=last.picture_id + 1 - packet.picture_id,
            tl0picidx=last.tl0picidx + 1 - packet.tl0picidx,
        )
        self._stretches.append(made)
        self._open = made
        return made

    def end(self, newest: Running | None, captured: float) -> None:
        """Nothing more comes of the open stretch; `newest` was its last packet. Idempotent."""
        opened, self._open = self._open, None
        if opened is not None and newest is not None and newest.index >= opened.first:
            self.last, self._captured = opened.apply(newest), captured

    def rest(self, now: float) -> tuple[int, float]:
        """Our timestamp of the newest packet of what has ended, and when it was captured.

        Where nothing was ever sent time begins to run: what comes first is as much later as it comes behind `now`.
        """
        if self._captured is None:
            self._captured = now
        return self.last.timestamp, self._captured

    def find(self, sequence: int, newest: Running | None) -> tuple[Stretch[Source], int] | None:
        """The stretch in which `sequence` (16 bits) was last sent, and the source's index under it.

        `newest`: the newest packet of the open stretch, if there is one. None: never sent, or too long ago.
        """
        highest = self.last.index
        if self._open is not None and newest is not None and newest.index >= self._open.first:
            highest = newest.index + self._open.sequence
        index = highest - ((highest - sequence) & 0xFFFF)
        for stretch in reversed(self._stretches):
            if index >= stretch.begins:
                return stretch, index - stretch.sequence
        return None
