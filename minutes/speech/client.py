"""The parent's side of one speech worker process."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from minutes.speech.ports import Command, Reply
from minutes.speech.wire import BadFrame, FrameReader, encode

log = logging.getLogger(__name__)

# The worker reads all the time, even while it transcribes. This much unread means that it hangs.
LONGEST_OUTBOX = 64 * 1024 * 1024
_READ = 1 << 16


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    data: Path
    """The weights that ship are assembled below it."""
    engine: str = "faster_whisper"
    """Or `openai_whisper`."""
    model: str = ""
    """Empty is the base model that ships; else a directory, a `.pt` file or a hub model's name."""
    threads: int = 1
    """CPU threads of the engine."""
    gives_way: int = 5
    """Niceness: text may come later, whoever forwards voices on the same machine may not."""


class SpeechWorker:
    """One process, one life: after it has died, make another."""

    def __init__(self, options: WorkerOptions, longest_outbox: int = LONGEST_OUTBOX) -> None:
        self._options = options
        self._longest_outbox = longest_outbox
        self._process: Process | None = None
        self._killed = False

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def start(self) -> None:
        """Returns as soon as the process runs; the first reply is `Ready`, or `Failed` for track "" without an engine.

        To be called on the main thread: the kernel takes the end of the starting thread for the end of the parent.
        """
        self._process = await asyncio.create_subprocess_exec(*self._command(), stdin=PIPE, stdout=PIPE)

    def send(self, command: Command) -> None:
        """Never waits. A dead worker's commands are lost, which its Scribe knows; a hanging worker is killed."""
        stdin = self._process.stdin if self._process else None
        if stdin is None or stdin.is_closing() or self._dead or self._killed:
            return
        stdin.write(encode(command))
        if stdin.transport.get_write_buffer_size() > self._longest_outbox:
            log.error("the speech worker does not read its commands and is ended")
            self._kill()

    async def replies(self) -> AsyncIterator[Reply]:
        """In order; ends when the process dies or says what is no reply, for whatever reason. To be read by one."""
        stdout = self._process.stdout if self._process else None
        assert stdout is not None, "start() comes first"
        frames = FrameReader()
        try:
            while data := await stdout.read(_READ):
                for message in frames.feed(data):
                    yield cast(Reply, message)
        except BadFrame as error:
            log.error("the speech worker sent what is no reply (%s) and is ended", error)
            self._kill()

    async def close(self) -> None:
        """End the process and wait for it. Idempotent. What was not replied yet is said again by the next worker."""
        if self._process is None:
            return
        if self._process.stdin is not None and not self._process.stdin.is_closing():
            self._process.stdin.transport.abort()  # what waits to be written is of no use any more
        self._kill()
        await self._process.wait()

    @property
    def _dead(self) -> bool:
        return self._process is None or self._process.returncode is not None

    def _kill(self) -> None:
        self._killed = True
        if self._process is not None and not self._dead:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()

    def _command(self) -> list[str]:
        options = self._options
        flags = ["--data", str(options.data), "--engine", options.engine, "--model", options.model]
        numbers = ["--threads", str(options.threads), "--parent", str(os.getpid())]
        nice = ["--gives-way", str(options.gives_way)]
        return [sys.executable, "-m", "minutes.speech.worker", *flags, *numbers, *nice]
