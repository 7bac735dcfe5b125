"""How late the event loop is: what everybody's voice waits for. Pure."""

from __future__ import annotations

from collections import deque

KEPT = 1_800  # a minute of ticks


class LagMeter:
    """`ticked` is called by a timer of `period` seconds; `late` with what else is known to have kept others waiting."""

    def __init__(self, period: float = 0.0) -> None:
        self._period = period
        self._last: float | None = None
        self._late: deque[float] = deque(maxlen=KEPT)

    def ticked(self, now: float) -> None:
        if self._last is not None:
            self.late(now - self._last - self._period)
        self._last = now

    def late(self, seconds: float) -> None:
        self._late.append(max(0.0, seconds))

    def summary(self) -> dict[str, float]:
        """Milliseconds over the last minute."""
        late = sorted(self._late)
        if not late:
            return {"p50": 0.0, "p99": 0.0, "max": 0.0}
        at = {"p50": len(late) // 2, "p99": len(late) * 99 // 100, "max": len(late) - 1}
        return {name: round(late[index] * 1000, 2) for name, index in at.items()}
