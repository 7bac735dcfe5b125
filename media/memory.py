"""Memory that a crowded moment leaves behind goes back to the system.

Packets of many cameras lie between what lives for hours, and the C library keeps what was theirs: a media process
would be as large for days as in its fullest minute.
"""

from __future__ import annotations

import asyncio
import ctypes

PAUSE_S = 30.0


def give_back() -> None:
    """malloc_trim(3), where the C library has it. Takes a few milliseconds at most."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


async def tend() -> None:
    """Now and then, until cancelled."""
    while True:
        await asyncio.sleep(PAUSE_S)
        give_back()
