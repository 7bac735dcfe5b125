"""Argon2, in a few threads of its own: hashing is slow on purpose and must not stop the meeting."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from server.errors import TooManyAttempts

T = TypeVar("T")
SHORTEST, LONGEST = 10, 200
MOST_WAITING = 32  # passwords being checked and in line, about a second's work; whoever comes then is sent away
_hasher = PasswordHash((Argon2Hasher(),))
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")
_places = threading.BoundedSemaphore(MOST_WAITING)
# What an unknown name is checked against, so that it takes as long as a known one.
_nobody = _hasher.hash("nobody has this password")


def hash_password(password: str) -> str:
    """Blocking, some 50 ms."""
    return _hasher.hash(password)


async def verify(password: str, hashed: str | None) -> bool:
    """True when the password fits; takes as long when there is no such person, or none has been set yet.

    Raises `TooManyAttempts`, the password unseen, when as many wait as may.
    """
    right = await _in_line(_hasher.verify, password, hashed or _nobody)
    return right and bool(hashed)


async def hashed(password: str) -> str:
    """Raises `TooManyAttempts` as `verify` does."""
    return await _in_line(_hasher.hash, password)


async def _in_line(work: Callable[..., T], *given: str) -> T:
    if not _places.acquire(blocking=False):
        raise TooManyAttempts("Terlalu banyak orang masuk bersamaan. Coba lagi sebentar lagi.")
    try:
        return await asyncio.get_running_loop().run_in_executor(_threads, work, *given)
    finally:
        _places.release()
