"""One continuous outgoing numbering over changing sources: sequence, timestamp and VP8 running numbers. Pure.

Within one stretch of one source everything is shifted by constants, so a packet always comes out as the same bytes.
A new stretch begins with a new source, after a leap, and behind packets that are not forwarded (padding), so that
what is left out leaves no hole for receivers to ask about.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from dataclasses import dataclass, replace

LEAP = 1000  # a source may not push our numbering near half of 2^16, where SRTP would lose count
KEPT_STRETCHES = 32


@dataclass(frozen=True, slots=True)
class Stretch:
    """Constants that turn a source's numbers into ours, from source index `first` on."""

    first: int
    sequence: int  # added to the source's extended sequence number
    timestamp: int
    picture_id: int
    tl0picidx: int
    begins_source: bool  # its first packet is the first of a source: talkspurt marker


@dataclass(frozen=True, slots=True)
class Running:
    """Running numbers of a source's packet, as received."""

    index: int
    timestamp: int
    picture_id: int = 0
    tl0picidx: int = 0


class Munger:
    __slots__ = ("_fresh", "_last", "_last_at", "_last_index", "_rate", "_step", "_stretches")

    def __init__(self, rate_hz: int, first_sequence: int, first_timestamp: int, step: int = 1) -> None:
        """`step`: ticks that a packet lasts, the least by which a new source follows the one before."""
        self._rate, self._step = rate_hz, step
        self._stretches: deque[Stretch] = deque(maxlen=KEPT_STRETCHES)
        self._last = Running(first_sequence - 1, first_timestamp, -1, -1)
        self._last_at: float | None = None
        self._last_index = -1  # of the present source
        self._fresh = True

    @property
    def last(self) -> Running:
        """The newest numbers given out."""
        return self._last

    def switch(self) -> None:
        """The next packet is of another source."""
        self._fresh = True

    def stretch(self, packet: Running, skipped: Collection[int], at: float) -> Stretch | None:
        """The constants for a packet of the present source; None: it belongs before the switch, drop it.

        `skipped` holds indexes of the source that will never be forwarded. `at`: the packet's arrival.
        """
        if self._fresh or abs(packet.index - self._last_index) > LEAP:
            if not self._fresh and packet.index < self._last_index:
                return None
            self._begin(packet, at)
        elif packet.index > self._last_index + 1:
            self._close_holes(packet.index, skipped)
        found = self._covering(packet.index)
        if found is not None and packet.index > self._last_index:
            self._advance(packet, found, at)
        return found

    def _begin(self, packet: Running, at: float) -> None:
        elapsed = 0.0 if self._last_at is None else at - self._last_at
        ticks = max(self._step, round(elapsed * self._rate)) if self._last_at is not None else 0
        last = self._last
        self._stretches.clear()
        self._stretches.append(
            Stretch(
                first=packet.index,
                sequence=last.index + 1 - packet.index,
                timestamp=last.timestamp + ticks - packet.timestamp,
                picture_id=last.picture_id + 1 - packet.picture_id,
                tl0picidx=last.tl0picidx + 1 - packet.tl0picidx,
                begins_source=self._fresh,
            )
        )
        self._fresh = False
        self._last_index = packet.index - 1

    def _close_holes(self, index: int, skipped: Collection[int]) -> None:
        for gone in sorted(each for each in skipped if self._last_index < each < index):
            now = self._stretches[-1]
            self._stretches.append(replace(now, first=gone + 1, sequence=now.sequence - 1, begins_source=False))

    def _covering(self, index: int) -> Stretch | None:
        for each in reversed(self._stretches):
            if index >= each.first:
                return each
        return None

    def _advance(self, packet: Running, by: Stretch, at: float) -> None:
        self._last_index = packet.index
        self._last_at = at
        self._last = Running(
            packet.index + by.sequence,
            packet.timestamp + by.timestamp,
            packet.picture_id + by.picture_id,
            packet.tl0picidx + by.tl0picidx,
        )
