"""The one place where a test waits for another process: it asks again until the answer is yes."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
PAUSE_S = 0.05


def until(answer: Callable[[], T | None], within: float, otherwise: Callable[[], str] | str) -> T:
    """The first answer that is true; fails with `otherwise` after `within` seconds."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        value = answer()
        if value:
            return value
        time.sleep(PAUSE_S)
    raise AssertionError(otherwise() if callable(otherwise) else otherwise)
