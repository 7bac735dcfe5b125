"""One direction of a bad line, in virtual time: a drop-tail queue, losses, delay, gaps. Sizes are of IP packets."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

HEADERS = 58  # IP, UDP, RTP with its extensions, SRTP tag


@dataclass
class Link:
    """Towards the receiver. `steps`: (from when, bits/s), ascending. `blackouts`: (from, to), `deaf`: both ways."""

    steps: Sequence[tuple[float, float]] = ((0.0, 10e6),)
    queue_s: float = 0.3  # at the present rate, as a token bucket filter has it
    loss: float = 0.0
    delay_s: float = 0.025
    jitter_s: float = 0.0
    blackouts: Sequence[tuple[float, float]] = ()
    deaf: bool = True
    seed: int = 1

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._backlog = self._at = self._last = 0.0

    def carry(self, size: int, now: float) -> float | None:
        """When a packet of `size` bytes sent now arrives, in order; None: lost."""
        rate = [rate for since, rate in self.steps if since <= now][-1]
        self._backlog = max(0.0, self._backlog - rate * (now - self._at) / 8)
        self._at = now
        if 8 * (self._backlog + 1200) > rate * self.queue_s or self._dark(now):
            return None
        self._backlog += size
        if self._random.random() < self.loss:
            return None
        self._last = max(self._last, now + 8 * self._backlog / rate + self._way())
        return self._last

    def back(self, now: float) -> float | None:
        """The same for feedback, which is small: the way back is never full."""
        if (self.deaf and self._dark(now)) or self._random.random() < self.loss:
            return None
        return now + self._way()

    def _way(self) -> float:
        return self.delay_s + self._random.uniform(0, self.jitter_s)

    def _dark(self, now: float) -> bool:
        return any(begin <= now < end for begin, end in self.blackouts)
