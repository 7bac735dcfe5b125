"""The parent's side: one file, one process, from its start to its end."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import re
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from media.intake.errors import Damaged, IntakeError
from media.intake.reading import LONGEST_S
from media.intake.track import Progress, written_until

_SHA256 = re.compile("[0-9a-f]{64}")
_FAILURES = {error.code: error for error in IntakeError.__subclasses__()}
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file; length in seconds. `cut_short`: it names a greater one than it holds."""

    length: float
    cut_short: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a try may take, by the clock. Many times what it takes on a machine that has nothing else to do."""

    silent_s: float = 120.0
    """Longer without a word, and it hangs."""
    begin_s: float = 600.0
    byte_s: float = 1 / 2_000_000
    """For a byte of the file, which is read twice: two hours and more for 16 GB."""
    sound_s: float = 0.5
    """For a second of sound that is on disk: half a day for a day."""

    def most(self, size: int, until: float) -> float:
        """Seconds for a file of `size` bytes whose track reaches `until`; more than can be is not believed."""
        return self.begin_s + self.byte_s * size + self.sound_s * min(max(0.0, until), LONGEST_S)


PATIENT = Patience()


async def take(
    file: Path, directory: Path, progress: Callable[[Progress], None], patience: Patience = PATIENT
) -> Taken:
    """Turn `file` into a track in `directory`; what an earlier try wrote there is kept. Cancelling ends the process.

    To be called on the main thread: the kernel takes the end of the starting thread for the end of the parent.
    Raises `IntakeError`.
    """
    size, before = await asyncio.to_thread(_found, file, directory)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "media.intake", str(file), str(directory), str(os.getpid()),
        stdin=DEVNULL, stdout=PIPE, env=_environment(),
    )  # fmt: skip
    try:
        taken = await _listen(
            process, progress, lambda until: patience.most(size, max(before, until)), patience.silent_s
        )
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if taken is None:
        logger.warning("the process that read an uploaded recording ended with %s", process.returncode)
        raise Damaged
    return taken


async def _listen(
    process: Process, progress: Callable[[Progress], None], most: Callable[[float], float], silent_s: float
) -> Taken | None:
    """Until the last word; None when the process ends, hangs, falls silent or talks nonsense before it.

    `most`: seconds that it may take in all, by how far its track reaches.
    """
    assert process.stdout is not None
    taken, began = None, asyncio.get_running_loop().time()
    with contextlib.suppress(TimeoutError, ValueError, KeyError, TypeError):
        async with asyncio.timeout_at(began + most(0.0)) as over:
            while line := await asyncio.wait_for(process.stdout.readline(), silent_s):
                told = json.loads(line)
                if "failed" in told:
                    raise _FAILURES.get(told["failed"], Damaged)
                if "share" in told:
                    progress(step := Progress(float(told["share"]), float(told["until"])))
                    over.reschedule(began + most(step.until))
                if "length" in told:
                    taken = _taken(float(told["length"]), bool(told["cut_short"]), str(told["sha256"]))
    return taken


def _found(file: Path, directory: Path) -> tuple[int, float]:
    """Bytes of the file, and seconds up to which an earlier try wrote its track. Blocking."""
    return (file.stat().st_size if file.exists() else 0), written_until(directory)


def _taken(length: float, cut_short: bool, sha256: str) -> Taken:
    """Raises `ValueError` for what cannot be: whoever took the process over says what he likes."""
    if not 0 < length < 2 * LONGEST_S or not _SHA256.fullmatch(sha256):
        raise ValueError("no length, or no digest")
    return Taken(length, cut_short, sha256)


def _environment() -> dict[str, str]:
    """Without the server's secrets; arithmetic on one thread."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RAKOR_")}
    return kept | {"OPENBLAS_NUM_THREADS": "1"}
