"""One transcript, search or decoding by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from minutes.speech.engines.reading import Reading, Together
from minutes.speech.engines.runtimes import Asked, Beginning, Runtime, Search, Written
from minutes.speech.engines.search import Follows, Hypothesis, Pairs, Searching, Told, together


def write(runtime: Runtime, sound: Any, beginning: Beginning, search: Search) -> Written:
    (found,) = runtime.write([Asked(sound, beginning, search)])
    return found


def searched(searching: Searching, step: Callable[[Pairs], Follows]) -> Hypothesis:
    (found,) = together([searching], lambda asked: {at: step(pairs) for at, pairs in asked.items()})
    return found


def step(reading: Reading, pairs: Pairs) -> Sequence[tuple[int, Told]]:
    return Together([reading]).step({0: pairs})[0]
