"""Where tables are read and written: one after the other, so that several take no more of the machine than one does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import TypeVar

from server.errors import TooManyAttempts

MOST_WAITING = 8
T = TypeVar("T")


class Desk:
    """Work runs in `executor`, a thread of its own by default; `close` ends that."""

    def __init__(self, executor: Executor | None = None, most_waiting: int = MOST_WAITING) -> None:
        self._executor = executor or ThreadPoolExecutor(max_workers=1, thread_name_prefix="tables")
        self._waiting, self._most_waiting = 0, most_waiting

    async def do(self, work: Callable[[], T]) -> T:
        """Raises `TooManyAttempts` for whoever would have to wait too long."""
        if self._waiting >= self._most_waiting:
            raise TooManyAttempts("Terlalu banyak impor bersamaan. Coba lagi sebentar lagi.", code="import_busy")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, work)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
