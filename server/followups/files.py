"""Files of evidence on disk: received whole or not at all, and never changed."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from server.errors import BadRequest, NoRoom, TooLarge, UnsupportedMedia
from server.followups.sniffing import sniffed
from server.uploads.receiving import RESERVE

MOST_BYTES = 16 << 20
IDLE_S = 60.0
BIG = "Berkas bukti paling besar 16 MB. Perkecil, atau cantumkan tautannya."
NOT_TAKEN = (
    "Jenis berkas ini tidak diterima sebagai bukti. Kirim PDF, gambar, dokumen kantor tanpa makro, atau teks UTF-8."
)


@dataclass(frozen=True, slots=True)
class Received:
    kind: str
    size: int
    sha256: str


class Files:
    """One directory, one file a piece, named by its id."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def path(self, id: str) -> Path:
        return self._directory / id

    async def receive(self, id: str, blocks: AsyncIterator[bytes]) -> Received:
        """On disk, synced, when this returns; on any refusal nothing stays.

        Raises `TooLarge`, `UnsupportedMedia`, `NoRoom` and `BadRequest` (empty, or nothing came for a minute).
        """
        part = self.path(f"{id}.part")
        await asyncio.to_thread(self._prepare)
        try:
            digest, size = await self._write(part, blocks)
            kind = await asyncio.to_thread(sniffed, part) if size else None
            if size == 0:
                raise BadRequest("Berkas ini kosong.", code="empty_file")
            if kind is None:
                raise UnsupportedMedia(NOT_TAKEN, code="evidence_type")
            await asyncio.to_thread(self._keep, part, self.path(id))
        finally:
            await asyncio.to_thread(part.unlink, missing_ok=True)
        return Received(kind, size, digest)

    async def discard(self, id: str) -> None:
        """What no row will name."""
        await asyncio.to_thread(self.path(id).unlink, missing_ok=True)

    def _prepare(self) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self._directory).free < RESERVE:
            raise NoRoom

    async def _write(self, part: Path, blocks: AsyncIterator[bytes]) -> tuple[str, int]:
        loop, digest, size = asyncio.get_running_loop(), hashlib.sha256(), 0
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            try:
                async with asyncio.timeout(IDLE_S) as patience:
                    async for block in blocks:
                        patience.reschedule(loop.time() + IDLE_S)
                        size += len(block)
                        if size > MOST_BYTES:
                            raise TooLarge(BIG, code="evidence_too_large")
                        digest.update(block)
                        await asyncio.to_thread(file.write, block)
            except TimeoutError:
                raise BadRequest("Tidak ada data yang datang.", code="nothing_came") from None
            await asyncio.to_thread(_sync, file.fileno(), file.flush)
        return digest.hexdigest(), size

    def _keep(self, part: Path, file: Path) -> None:
        """The name exists only when all of the content is on disk."""
        part.rename(file)
        directory = os.open(self._directory, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def _sync(file: int, flush: object) -> None:
    assert callable(flush)
    flush()
    os.fsync(file)
