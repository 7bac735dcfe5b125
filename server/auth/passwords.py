"""Argon2, in a few threads of its own: hashing is slow on purpose and must not stop the meeting."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from server.errors import TooManyAttempts

SHORTEST = 10
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
    """True when the password fits; takes as long when there is no such person.

    Raises `TooManyAttempts`, the password unseen, when as many wait as may.
    """
    if not _places.acquire(blocking=False):
        raise TooManyAttempts("Terlalu banyak orang masuk bersamaan. Coba lagi sebentar lagi.")
    try:
        loop = asyncio.get_running_loop()
        right = await loop.run_in_executor(_threads, _hasher.verify, password, hashed or _nobody)
    finally:
        _places.release()
    return right and hashed is not None
