"""Papers of sealed versions: printed once, kept with their digests, never printed over.

    data/notulas/<meeting>/<version>/notula.pdf, notula.docx

What a killed server has not printed is printed when the next one starts.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from minutes.notula import versions
from minutes.notula.models import NotulaExport, NotulaSealed
from server.db import Sessions
from server.notulas.ports import Papers

FILES = ("notula.pdf", "notula.docx")
logger = logging.getLogger(__name__)


class Keeping:
    """`folder`: of all notulas. One task prints at a time; `close` ends it."""

    def __init__(self, sessions: Sessions, papers: Papers, folder: Path, now: Callable[[], datetime]) -> None:
        self._sessions, self._papers, self._folder, self._now = sessions, papers, folder, now
        self._work: asyncio.Task[None] | None = None
        self._again = False

    def path(self, meeting: str, version: int, file: str) -> Path:
        return self._folder / meeting / str(version) / file

    def print_soon(self) -> None:
        """All that is sealed and not printed yet."""
        self._again = True
        if self._work is None or self._work.done():
            self._work = asyncio.create_task(self._print())

    async def settled(self) -> None:
        """When nothing is being printed any more."""
        if self._work is not None:
            await asyncio.gather(self._work, return_exceptions=True)

    async def close(self) -> None:
        """Idempotent."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)

    async def kept(self, meeting: str, version: int, file: str) -> bytes | None:
        """As it was printed; None where it is not yet, or is not what it was."""
        async with self._sessions() as session:
            found = [
                each
                for each in await versions.exports(session, meeting)
                if (each.version, each.file) == (version, file)
            ]
        if not found:
            return None
        return await asyncio.to_thread(_read, self.path(meeting, version, file), found[0].sha256)

    async def _print(self) -> None:
        while self._again:
            self._again = False
            for sealed in await self._unprinted():
                try:
                    await self._keep(sealed)
                except Exception:  # the notula is signed all the same; it is printed at the next occasion
                    logger.exception("papers of a sealed notula could not be printed")

    async def _unprinted(self) -> list[NotulaSealed]:
        printed = select(col(NotulaExport.id)).where(
            col(NotulaExport.meeting_id) == col(NotulaSealed.meeting_id),
            col(NotulaExport.version) == col(NotulaSealed.version),
        )
        async with self._sessions() as session:
            return list(await session.scalars(select(NotulaSealed).where(~printed.exists())))

    async def _keep(self, sealed: NotulaSealed) -> None:
        files = await self._papers.printed(sealed.meeting_id, sealed.document)
        at = int(self._now().timestamp() * 1000)
        for name, content in sorted(files.items()):
            await asyncio.to_thread(_write, self.path(sealed.meeting_id, sealed.version, name), content)
        async with self._sessions.begin() as session:
            await versions.lock(session)
            for name, content in sorted(files.items()):
                kind, digest = name.rpartition(".")[2], hashlib.sha256(content).hexdigest()
                await versions.keep_export(session, sealed, kind, name, len(content), digest, at)


def _write(file: Path, content: bytes) -> None:
    """The name exists only when all of it is on disk."""
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(file.name + ".new")
    with new.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    new.rename(file)


def _read(file: Path, digest: str) -> bytes | None:
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    return content if hashlib.sha256(content).hexdigest() == digest else None
