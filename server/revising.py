"""Recordings are heard a second time when nobody speaks, with a better model where there is one.

One worker at a time, and only while no microphone is open and every track has been heard once; when somebody speaks it
is ended at once. What it had said is kept as it comes, so that the next one goes on where it stood.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from minutes.record.errors import StaleToken
from minutes.speech.ports import CatchUp, Done, Failed, Heard, Ready, Recognition, Reply, Utterance
from server.scribing import Lease, Worker

QUIET_TICKS = 10  # about ten seconds without work, before it begins: a meeting that takes a breath is not over
logger = logging.getLogger(__name__)


class Record(Protocol):
    """What a second hearing keeps. Raises `StaleToken` for a lease that is not the newest."""

    async def next_unrevised(self, besides: Sequence[str]) -> Lease | None:
        """A track heard once, leased; `heard_until`: how far it has been heard a second time."""
        ...

    async def revise(
        self, track: str, token: int, until: float, said: Sequence[Utterance], by: Recognition | None
    ) -> None: ...
    async def finish_revision(self, track: str, token: int) -> None: ...


class Revising:
    """`idle`: whether nobody speaks and nothing waits to be heard for the first time."""

    def __init__(
        self, record: Record, make_worker: Callable[[], Worker], recordings: Path, idle: Callable[[], bool]
    ) -> None:
        self._record, self._make_worker, self._recordings, self._idle = record, make_worker, recordings, idle
        self._quiet = 0
        self.work: asyncio.Task[None] | None = None
        self._worker: Worker | None = None
        self._left: list[str] = []  # tracks that could not be heard again; tried anew by the next server

    async def close(self) -> None:
        if self.work is not None:
            self.work.cancel()
            await asyncio.gather(self.work, return_exceptions=True)

    async def tick(self) -> None:
        """About once a second."""
        self._quiet = self._quiet + 1 if self._idle() else 0
        if self.work is not None and self.work.done():
            self.work = None
        if self._quiet == 0 and self._worker is not None:
            await self._worker.close()
        elif self.work is None and self._quiet >= QUIET_TICKS:
            lease = await self._record.next_unrevised(self._left)
            if lease is None:
                self._quiet = 0  # asks again later
            else:
                self.work = asyncio.create_task(self._guarded(lease))

    async def _guarded(self, lease: Lease) -> None:
        try:
            await self._revise(lease)
        except StaleToken:
            logger.info("a track that is heard a second time was taken over")
        except Exception:
            logger.exception("a second hearing could not be kept")
            self._left.append(lease.track)

    async def _revise(self, first: Lease) -> None:
        """From its start to the end of the work or of the quiet: one worker, one track after another."""
        worker = self._worker = self._make_worker()
        lease: Lease | None = first
        by: Recognition | None = None
        try:
            await worker.start()
            async for reply in worker.replies():
                if isinstance(reply, Ready):
                    by = reply.by
                    self._hear(worker, first)
                elif lease is not None and await self._keep(lease, reply, by):
                    lease = await self._record.next_unrevised(self._left)
                    if lease is None:
                        return
                    self._hear(worker, lease)
        finally:
            self._worker = None
            await worker.close()

    async def _keep(self, lease: Lease, reply: Reply, by: Recognition | None) -> bool:
        """True when the track is done with."""
        if isinstance(reply, Heard):
            await self._record.revise(lease.track, lease.token, reply.until, reply.utterances, by)
        elif isinstance(reply, Done):
            await self._record.revise(lease.track, lease.token, reply.until, (), by)
            await self._record.finish_revision(lease.track, lease.token)
        elif isinstance(reply, Failed):
            logger.warning("a track could not be heard a second time: %s %s", reply.code, reply.detail)
            self._left.append(lease.track)
        return isinstance(reply, Done | Failed)

    def _hear(self, worker: Worker, lease: Lease) -> None:
        directory = str(self._recordings / lease.meeting / lease.track)
        worker.send(CatchUp(lease.track, lease.token, lease.heard_until, directory, lease.hints))
