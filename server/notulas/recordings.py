"""Digests of a meeting's recording, file by file. A file that is as long and as old as it was is not read again."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

from minutes.notula.evidence import Recorded

MOST_KEPT = 50_000  # files: beyond it the digests that were made first are made again


class Digests:
    """`recordings`: the folder of all meetings. Hours of sound take seconds: in a thread, one meeting at a time."""

    def __init__(self, recordings: Path) -> None:
        self._recordings = recordings
        self._known: dict[Path, tuple[int, int, str]] = {}  # bytes, nanoseconds of change, SHA-256
        self._one = asyncio.Lock()

    async def of(self, meeting: str) -> list[Recorded]:
        async with self._one:
            return await asyncio.to_thread(self._of, meeting)

    def _of(self, meeting: str) -> list[Recorded]:
        """Blocking."""
        folder = self._recordings / meeting
        found = sorted(each for each in folder.glob("*/*") if each.is_file())
        return [Recorded(each.parent.name, each.name, each.stat().st_size, self._digest(each)) for each in found]

    def _digest(self, file: Path) -> str:
        about = file.stat()
        known = self._known.get(file)
        if known is not None and known[:2] == (about.st_size, about.st_mtime_ns):
            return known[2]
        with file.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        self._known[file] = (about.st_size, about.st_mtime_ns, digest)
        if len(self._known) > MOST_KEPT:
            del self._known[next(iter(self._known))]
        return digest
