"""How much somebody may cost us: a bucket that fills at a steady rate and holds a burst. Pure."""

from __future__ import annotations


class Budget:
    """`rate` units a second, at most `burst` at once; begins full."""

    __slots__ = ("_at", "_burst", "_left", "_rate")

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._left = burst
        self._at: float | None = None

    def take(self, cost: float, now: float) -> bool:
        """False when there is not enough left: nothing is taken then."""
        if self._at is not None:
            self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if cost > self._left:
            return False
        self._left -= cost
        return True
