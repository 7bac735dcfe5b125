"""Bytes of an upload to its file. The offset is what is on disk, so nothing else needs to be remembered.

One request writes to an upload at a time. A newer one takes over: behind a line that broke silently, the older would
wait for minutes for bytes that come on the newer.
"""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import TypeVar

from server.errors import BadRequest, Conflict, NoRoom, TooLarge

AT_ONCE = 256 << 10
"""Bytes gathered before they are written: what a server that is killed has received in vain, at most."""
IDLE_S = 60.0
RESERVE = 2 * 10**9
"""Bytes of the disk that uploads leave free: a meeting that goes on must be recorded."""
T = TypeVar("T")


class Receiving:
    """`free`: bytes free on the disk of a directory. `idle_s`: how long to wait for more."""

    def __init__(self, directory: Path, free: Callable[[Path], int] | None = None, idle_s: float = IDLE_S) -> None:
        self._directory, self._free, self._idle_s = directory, free or _free, idle_s
        self._writing: dict[str, asyncio.Task[int]] = {}

    def path(self, upload: str) -> Path:
        return self._directory / f"{upload}.part"

    def received(self, upload: str) -> int:
        """Bytes on disk."""
        try:
            return self.path(upload).stat().st_size
        except FileNotFoundError:
            return 0

    def busy(self, upload: str) -> bool:
        """Whether somebody is sending it at this moment."""
        return upload in self._writing

    def room(self) -> int:
        """Bytes that may still come, of all uploads."""
        self._directory.mkdir(parents=True, exist_ok=True)
        return self._free(self._directory) - RESERVE

    async def append(self, upload: str, offset: int, size: int, blocks: AsyncIterator[bytes]) -> int:
        """Write what comes, up to `size` in all; how much is on disk now, safe from a power cut.

        However it ends, what came before is kept. Raises `Conflict` (`wrong_offset`, `taken_over`), `TooLarge`,
        `NoRoom`, `BadRequest` (nothing came for a minute), and what `blocks` raises.
        """
        await self.stop(upload)
        if offset != self.received(upload):
            raise Conflict("Unggahan tidak berlanjut di tempat itu.", code="wrong_offset")
        task = self._writing[upload] = asyncio.create_task(self._write(upload, size - offset, blocks))
        try:
            return await task
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if current is not None and current.cancelling():
                raise
            raise Conflict("Unggahan dilanjutkan dari sambungan lain.", code="taken_over") from None
        finally:
            if self._writing.get(upload) is task:
                del self._writing[upload]

    async def stop(self, upload: str) -> None:
        """Whoever writes to it now writes what it has, and ends. Nobody has begun anew when this returns."""
        while (writing := self._writing.get(upload)) is not None:
            writing.cancel()
            await asyncio.wait([writing])
            if self._writing.get(upload) is writing:
                del self._writing[upload]

    async def remove(self, upload: str) -> None:
        await self.stop(upload)
        await asyncio.to_thread(self.path(upload).unlink, missing_ok=True)

    def forget_all_but(self, uploads: Iterable[str]) -> None:
        """Files that a server left behind when it ended between two steps. Blocking."""
        wanted = {self.path(upload) for upload in uploads}
        for file in self._directory.glob("*.part"):
            if file not in wanted:
                file.unlink()

    async def _write(self, upload: str, most: int, blocks: AsyncIterator[bytes]) -> int:
        loop, waiting = asyncio.get_running_loop(), bytearray()
        self._directory.mkdir(parents=True, exist_ok=True)
        file = os.open(self.path(upload), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            async with asyncio.timeout(self._idle_s) as patience:
                async for block in blocks:
                    patience.reschedule(loop.time() + self._idle_s)
                    most -= len(block)
                    if most < 0:
                        raise TooLarge("Berkas lebih besar daripada yang diberitahukan.")
                    waiting += block
                    if len(waiting) >= AT_ONCE:
                        ready, waiting = waiting, bytearray()
                        await _to_its_end(self._put, file, ready)
        except TimeoutError:
            raise BadRequest("Tidak ada data yang datang.", code="nothing_came") from None
        finally:
            try:
                await _to_its_end(self._put_last, file, waiting)
            finally:
                os.close(file)
        return self.received(upload)

    def _put(self, file: int, data: bytes | bytearray) -> None:
        if self._free(self._directory) < RESERVE:
            raise NoRoom
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(file, rest) :]
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise NoRoom from error
            raise

    def _put_last(self, file: int, data: bytes | bytearray) -> None:
        try:
            if data:
                self._put(file, data)
        finally:
            os.fsync(file)


async def _to_its_end(work: Callable[[int, bytearray], T], file: int, data: bytearray) -> T:
    """In a thread, waited for however often we are cancelled: two threads must never write to one file."""
    task = asyncio.ensure_future(asyncio.to_thread(work, file, data))
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError as error:  # and perhaps once more
            cancelled = error
    if cancelled is not None:
        raise cancelled
    return task.result()


def _free(directory: Path) -> int:
    return shutil.disk_usage(directory).free
