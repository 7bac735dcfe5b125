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
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path

from minutes.speech.audio import RecordedTrack
from minutes.speech.mixing import Part
from minutes.speech.mixing_worker import Order
from server.errors import Busy, NoRoom, RakorError

MOST_WAITING = 16
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
    order: Order
    share: float = 0.0
    failed: str = ""
    task: asyncio.Task[None] | None = field(default=None, repr=False)


class SoundKeeper:
    """Files live in `directory/<meeting>/<tag>.webm` and `.peaks`; what is older there is thrown away."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._making: OrderedDict[str, _Making] = OrderedDict()
        self._one = asyncio.Lock()

    async def wanted(self, meeting: str, seconds: float, parts: tuple[Part, ...]) -> Mixed | float:
        """The sound, or how much of it is made, 0 to 1. Raises `Busy`, `NoRoom`, and `RakorError` when it failed."""
        tag = await asyncio.to_thread(_tag, seconds, parts)
        found = self._place(meeting, tag)
        if await asyncio.to_thread(found.peaks.exists):
            return found
        making = self._making.get(tag)
        if making is None:
            making = self._begin(meeting, found, Order(seconds, found.sound, found.peaks, parts))
        if making.failed:
            del self._making[tag]  # who asks again tries again
            raise RakorError("Suara rapat gagal disusun. Coba lagi.", code="not_made")
        return making.share

    async def close(self) -> None:
        tasks = [each.task for each in self._making.values() if each.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _place(self, meeting: str, tag: str) -> Mixed:
        return Mixed(self._directory / meeting / f"{tag}.webm", self._directory / meeting / f"{tag}.peaks", tag)

    def _begin(self, meeting: str, place: Mixed, order: Order) -> _Making:
        if len(self._making) >= MOST_WAITING:
            raise Busy("Suara beberapa rapat sedang disusun. Coba lagi sebentar.")
        self._directory.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(self._directory).free < SPARE_BYTES + order.seconds * BYTES_PER_S:
            raise NoRoom("Ruang penyimpanan server tidak cukup untuk menyusun suara rapat.")
        making = self._making[place.tag] = _Making(order)
        making.task = asyncio.create_task(self._make(meeting, place, making))
        return making

    async def _make(self, meeting: str, place: Mixed, making: _Making) -> None:
        try:
            async with self._one:
                await asyncio.to_thread(_cleared, self._directory / meeting)
                await _mix(making)
            del self._making[place.tag]
        except Exception:
            logger.exception("the sound of a meeting could not be mixed")
            making.failed = "not_made"


async def _mix(making: _Making) -> None:
    """Cancelling ends the process."""
    worker = [sys.executable, "-m", "minutes.speech.mixing_worker", str(os.getpid())]
    process = await asyncio.create_subprocess_exec(*worker, stdin=PIPE, stdout=PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(making.order.to_json().encode() + b"\n")
        process.stdin.close()
        async for line in process.stdout:
            making.share = float(line)
        if await process.wait() != 0:
            raise RuntimeError(f"the process that mixes ended with {process.returncode}")
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def _cleared(directory: Path) -> None:
    """What was made of other words, or half made before a power cut. Who reads such a file reads it to its end."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)


def _tag(seconds: float, parts: tuple[Part, ...]) -> str:
    made_of = [[str(part.directory), part.silent, _files(part)] for part in parts]
    return hashlib.sha256(json.dumps([1, seconds, made_of]).encode()).hexdigest()[:24]


def _files(part: Part) -> list[tuple[str, int]]:
    return [(chunk.path.name, chunk.path.stat().st_size) for chunk in RecordedTrack(part.directory).chunks()]
