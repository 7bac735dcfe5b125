"""How often one may try. Pure: time is an argument."""

from __future__ import annotations

from collections.abc import Mapping

WINDOW_S = 300.0
MOST_FAILURES = 10
MOST_FROM_ADDRESS = 60  # a whole office shares an address, and signs in before the same meeting
MOST_KEYS = 10_000  # beyond it the key that failed longest ago is forgotten


class Throttle:
    """Counts failures by key (a username, an address) over five minutes.

    An attempt is a failure until it is taken back: what is tried while others are still being checked is held to the
    same limit. Times are seconds of any one clock.
    """

    def __init__(self) -> None:
        self._failures: dict[str, list[float]] = {}  # the key that failed last is the last

    def tried(self, limits: Mapping[str, int], now: float) -> bool:
        """Count an attempt by all these keys; False, and nothing is counted, when one of them is at its limit."""
        if not all(self.allows(key, now, most) for key, most in limits.items()):
            return False
        for key in limits:
            self.failed(key, now)
        return True

    def allows(self, key: str, now: float, most: int = MOST_FAILURES) -> bool:
        return len(self._recent(key, now)) < most

    def failed(self, key: str, now: float) -> None:
        recent = self._recent(key, now)
        self._failures.pop(key, None)
        self._failures[key] = [*recent, now]
        if len(self._failures) > MOST_KEYS:
            del self._failures[next(iter(self._failures))]

    def take_back(self, key: str, at: float) -> None:
        """The attempt counted `at` was no failure. Idempotent."""
        failures = self._failures.get(key, [])
        if at in failures:
            failures.remove(at)
        if not failures:
            self._failures.pop(key, None)

    def succeeded(self, key: str) -> None:
        """Nothing is held against this key any longer."""
        self._failures.pop(key, None)

    def _recent(self, key: str, now: float) -> list[float]:
        return [at for at in self._failures.get(key, []) if now - at < WINDOW_S]
