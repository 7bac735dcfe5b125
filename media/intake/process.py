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
from media.intake.track import Progress

SILENT_S = 120.0
"""Longer without a word, and it hangs."""
_SHA256 = re.compile("[0-9a-f]{64}")
_FAILURES = {error.code: error for error in IntakeError.__subclasses__()}
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file; length in seconds. `cut_short`: it names a greater one than it holds."""

    length: float
    cut_short: bool
    sha256: str


async def take(file: Path, directory: Path, progress: Callable[[Progress], None]) -> Taken:
    """Turn `file` into a track in `directory`; what an earlier try wrote there is kept. Cancelling ends the process.

    To be called on the main thread: the kernel takes the end of the starting thread for the end of the parent.
    Raises `IntakeError`.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "media.intake", str(file), str(directory), str(os.getpid()),
        stdin=DEVNULL, stdout=PIPE, env=_environment(),
    )  # fmt: skip
    try:
        taken = await _listen(process, progress)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if taken is None:
        logger.warning("the process that read an uploaded recording ended with %s", process.returncode)
        raise Damaged
    return taken


async def _listen(process: Process, progress: Callable[[Progress], None]) -> Taken | None:
    """Until the last word; None when the process ends, falls silent or talks nonsense before it."""
    assert process.stdout is not None
    taken: Taken | None = None
    with contextlib.suppress(TimeoutError, ValueError, KeyError, TypeError):
        while line := await asyncio.wait_for(process.stdout.readline(), SILENT_S):
            told = json.loads(line)
            if "failed" in told:
                raise _FAILURES.get(told["failed"], Damaged)
            if "share" in told:
                progress(Progress(float(told["share"]), float(told["until"])))
            if "length" in told:
                taken = _taken(float(told["length"]), bool(told["cut_short"]), str(told["sha256"]))
    return taken


def _taken(length: float, cut_short: bool, sha256: str) -> Taken:
    """Raises `ValueError` for what cannot be: whoever took the process over says what he likes."""
    if not 0 < length < 2 * LONGEST_S or not _SHA256.fullmatch(sha256):
        raise ValueError("no length, or no digest")
    return Taken(length, cut_short, sha256)


def _environment() -> dict[str, str]:
    """Without the server's secrets; arithmetic on one thread."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RAKOR_")}
    return kept | {"OPENBLAS_NUM_THREADS": "1"}
