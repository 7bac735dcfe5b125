"""How often one may try. Pure: time is an argument."""

from __future__ import annotations

WINDOW_S = 300.0
MOST_FAILURES = 10
MOST_KEYS = 10_000


class Throttle:
    """Counts failures by key (a username, an address) over five minutes."""

    def __init__(self) -> None:
        self._failures: dict[str, list[float]] = {}

    def allows(self, key: str, now: float) -> bool:
        return len(self._recent(key, now)) < MOST_FAILURES

    def failed(self, key: str, now: float) -> None:
        if len(self._failures) >= MOST_KEYS:
            self._failures = {each: at for each, at in self._failures.items() if now - at[-1] < WINDOW_S}
        self._failures[key] = [*self._recent(key, now), now]

    def succeeded(self, key: str) -> None:
        self._failures.pop(key, None)

    def _recent(self, key: str, now: float) -> list[float]:
        return [at for at in self._failures.get(key, []) if now - at < WINDOW_S]
