"""The mixed sound of meetings: made when somebody wants it, one after the other, kept until a redaction changes it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
import os
import shutil
import sys
from asyncio.subprocess import PIPE
from dataclasses import dataclass, field
from pathlib import Path

from minutes.speech.audio import RecordedTrack
from minutes.speech.mixing import Part
from minutes.speech.mixing_worker import NO_ROOM, Order
from server.errors import Busy, NoRoom, RakorError

MOST_WAITING = 16
MOST_FAILED = 64  # failures that are remembered until somebody asks again
PATIENCE_S = 600.0  # for the next hundredth; of two hours with forty microphones it takes a tenth of this
SPARE_BYTES = 500_000_000  # of the disk, that recordings of meetings that go on need
BYTES_PER_S = 6_000
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Mixed:
    """`tag`: of what it was made from; another one is another sound."""

    sound: Path
    peaks: Path
    tag: str


@dataclass(slots=True)
class _Making:
    meeting: str
    order: Order
    share: float = 0.0
    task: asyncio.Task[None] | None = field(default=None, repr=False)


class _Full(Exception):
    """The disk was, while it was made."""


class SoundKeeper:
    """Files live in `directory/<meeting>/<tag>.webm` and `.peaks`; what is older there is thrown away.

    Owns the tasks and processes that make them; `close` ends these.
    """

    def __init__(self, directory: Path, most_waiting: int = MOST_WAITING, spare_bytes: int = SPARE_BYTES) -> None:
        self._directory, self._most_waiting, self._spare_bytes = directory, most_waiting, spare_bytes
        self._making: dict[str, _Making] = {}
        self._tasks: set[asyncio.Task[None]] = set()  # also of what was given up, until its process has ended
        self._failed: dict[str, RakorError] = {}
        self._one = asyncio.Lock()

    async def wanted(self, meeting: str, seconds: float, parts: tuple[Part, ...]) -> Mixed | float:
        """The sound, or how much of it is made, 0 to 1. Raises `Busy`, `NoRoom`, and `RakorError` when it failed."""
        tag = await asyncio.to_thread(_tag, seconds, parts)
        found = self._place(meeting, tag)
        if await asyncio.to_thread(found.peaks.exists):
            return found
        if (failed := self._failed.pop(tag, None)) is not None:
            raise failed  # once: who asks again tries again
        making = self._making.get(tag)
        if making is None:
            making = self._begin(found, _Making(meeting, Order(seconds, found.sound, found.peaks, parts)))
        return making.share

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _place(self, meeting: str, tag: str) -> Mixed:
        return Mixed(self._directory / meeting / f"{tag}.webm", self._directory / meeting / f"{tag}.peaks", tag)

    def _begin(self, place: Mixed, making: _Making) -> _Making:
        self._give_up(making.meeting)
        if len(self._making) >= self._most_waiting:
            raise Busy("Suara beberapa rapat sedang disusun. Coba lagi sebentar.")
        self._directory.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self._directory).free < self._spare_bytes + making.order.seconds * BYTES_PER_S:
            raise _no_room()
        self._making[place.tag] = making
        making.task = asyncio.create_task(self._make(place, making))
        self._tasks.add(making.task)
        making.task.add_done_callback(self._tasks.discard)
        return making

    def _give_up(self, meeting: str) -> None:
        """What is being made of a meeting's older words nobody will be sent."""
        for tag in [tag for tag, each in self._making.items() if each.meeting == meeting]:
            task = self._making.pop(tag).task
            if task is not None:
                task.cancel()

    async def _make(self, place: Mixed, making: _Making) -> None:
        try:
            async with self._one:
                await _mix(making)
        except _Full:
            self._remember(place.tag, _no_room())
        except Exception:
            logger.exception("the sound of a meeting could not be mixed")
            self._remember(place.tag, RakorError("Suara rapat gagal disusun. Coba lagi.", code="not_made"))
        finally:
            if self._making.get(place.tag) is making:
                del self._making[place.tag]

    def _remember(self, tag: str, failed: RakorError) -> None:
        self._failed[tag] = failed
        if len(self._failed) > MOST_FAILED:
            del self._failed[next(iter(self._failed))]


def _no_room() -> NoRoom:
    return NoRoom("Ruang penyimpanan server tidak cukup untuk menyusun suara rapat. Hubungi pengelola server.")


async def _mix(making: _Making) -> None:
    """Cancelling ends the process, and so does a silence of `PATIENCE_S`. Raises `_Full`, `RuntimeError`."""
    worker = [sys.executable, "-m", "minutes.speech.mixing_worker", str(os.getpid())]
    process = await asyncio.create_subprocess_exec(*worker, stdin=PIPE, stdout=PIPE, env=_environment())
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(making.order.to_json().encode() + b"\n")
        process.stdin.close()
        while line := await asyncio.wait_for(process.stdout.readline(), PATIENCE_S):
            making.share = float(line)
        if await process.wait() == NO_ROOM:
            raise _Full
        if process.returncode != 0:
            raise RuntimeError(f"the process that mixes ended with {process.returncode}")
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _environment() -> dict[str, str]:
    """Without the server's secrets."""
    return {name: value for name, value in os.environ.items() if not name.startswith("RAKOR_")}


def _tag(seconds: float, parts: tuple[Part, ...]) -> str:
    made_of = [[str(part.directory), part.silent, _files(part)] for part in parts]
    return hashlib.sha256(json.dumps([1, seconds, made_of]).encode()).hexdigest()[:24]


def _files(part: Part) -> list[tuple[str, int]]:
    return [(chunk.path.name, chunk.path.stat().st_size) for chunk in RecordedTrack(part.directory).chunks()]
