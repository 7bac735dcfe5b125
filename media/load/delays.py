"""How long packets take, as a histogram: a measurement of hours costs no more memory than one of a second. Pure."""

from __future__ import annotations

STEP_NS = 100_000
STEPS = 20_000  # up to 2 s; what took longer counts as 2 s


class Delays:
    """Delays of packets in steps of 0.1 ms. `counts` is public: the hot path of a receiver writes to it."""

    __slots__ = ("counts",)

    def __init__(self) -> None:
        self.counts = [0] * (STEPS + 1)

    def add(self, delay_ns: int) -> None:
        self.counts[min(delay_ns // STEP_NS, STEPS)] += 1

    @property
    def total(self) -> int:
        return sum(self.counts)

    def quantile_ms(self, share: float) -> float | None:
        """The delay that `share` (0 to 1) of all packets kept, rounded up to 0.1 ms; None before the first packet."""
        total = self.total
        left = share * total
        for step, count in enumerate(self.counts):
            left -= count
            if left <= 0 and total:
                return (step + 1) * STEP_NS / 1e6
        return None

    def clear(self) -> None:
        self.counts[:] = [0] * (STEPS + 1)
