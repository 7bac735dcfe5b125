"""Where tests wait: for another process until the answer is yes, for tasks of their own without any time passing."""

from __future__ import annotations

import asyncio
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


async def settled() -> None:
    """Let every task that can go on do so."""
    for _ in range(20):
        await asyncio.sleep(0)
