"""What a publisher's browser may send at most (REMB, draft-alvestrand-rmcat-remb), from the loss we see. Pure."""

from __future__ import annotations

from dataclasses import dataclass

LOSS_FINE = 0.02
LOSS_BAD = 0.10


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Bits per second."""

    start: int = 1_000_000
    least: int = 100_000
    most: int = 2_500_000


class PublisherRate:
    """Loss-based control as in draft-ietf-rmcat-gcc section 6: up 8 % a second when fine, down by half the loss."""

    def __init__(self, limits: RateLimits | None = None) -> None:
        self._limits = limits or RateLimits()
        self.bitrate = self._limits.start
        self._changed: float | None = None

    def update(self, fraction_lost: float, now: float) -> int:
        """`fraction_lost` since the last call (0 to 1); bits per second to ask for."""
        elapsed = 1.0 if self._changed is None else min(2.0, now - self._changed)
        self._changed = now
        if fraction_lost > LOSS_BAD:
            self.bitrate = round(self.bitrate * (1 - fraction_lost / 2))
        elif fraction_lost < LOSS_FINE:
            self.bitrate = round(self.bitrate * 1.08**elapsed)
        self.bitrate = min(self._limits.most, max(self._limits.least, self.bitrate))
        return self.bitrate
