"""Recordings are heard a second time when nobody speaks, with a better model where there is one.

One worker at a time, and only while no microphone is open and every track has been heard once; when somebody speaks it
is ended at once. What it had said is kept as it comes, so that the next one goes on where it stood.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from minutes.record.errors import StaleToken
from minutes.speech.ports import AT_ONCE, CatchUp, Done, Failed, Heard, Ready, Recognition, Reply, Utterance
from server.scribing import Lease, Worker

QUIET_TICKS = 10  # about ten seconds without work, before it begins: a meeting that takes a breath is not over
TRIES = 2
logger = logging.getLogger(__name__)


class Record(Protocol):
    """What a second hearing keeps. Raises `StaleToken` for a lease that is not the newest."""

    async def next_unrevised(self) -> Lease | None:
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
        self._disturbed = False  # the worker was ended because somebody speaks
        self._lease: Lease | None = None  # what is being heard
        self._tries: Counter[str] = Counter()  # that ended badly, by track
        self._without_engine = False

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
            self._disturbed = True
            await self._worker.close()
        elif self.work is None and self._quiet >= QUIET_TICKS and not self._without_engine:
            self._quiet = 0  # whatever comes of it, the next look is some time away
            self._lease = await self._record.next_unrevised()
            if self._lease is not None:
                self.work = asyncio.create_task(self._guarded())

    async def _guarded(self) -> None:
        try:
            await self._employ()
        except StaleToken:
            logger.info("a track that is heard a second time was taken over")
        except Exception:
            # A locked database, a full disk: it is tried again when it has been quiet for a while.
            logger.exception("a second hearing could not be kept")

    async def _employ(self) -> None:
        """One worker, one track after another: until all are heard, it dies, or it is ended."""
        worker = self._worker = self._make_worker()
        self._disturbed = False
        by: Recognition | None = None
        try:
            await worker.start()
            async for reply in worker.replies():
                if isinstance(reply, Ready):
                    by = reply.by
                    self._hear(worker)
                elif await self._keep(reply, by):
                    self._lease = await self._record.next_unrevised()
                    if self._lease is None:
                        return
                    self._hear(worker)
            if not self._disturbed and not self._without_engine:
                logger.warning("the worker of the second hearing ended")
                await self._ended_badly()
        finally:
            self._worker = None
            await worker.close()

    async def _keep(self, reply: Reply, by: Recognition | None) -> bool:
        """True when the track is done with."""
        lease = self._lease
        if isinstance(reply, Failed) and not reply.track:
            logger.error("nothing is heard a second time: %s", reply.detail)
            self._without_engine = True
        if isinstance(reply, Ready) or lease is None or (reply.track, reply.token) != (lease.track, lease.token):
            return False
        if isinstance(reply, Heard):
            await self._record.revise(lease.track, lease.token, reply.until, reply.utterances, by)
        elif isinstance(reply, Done):
            await self._record.revise(lease.track, lease.token, reply.until, (), by)
            await self._record.finish_revision(lease.track, lease.token)
        elif isinstance(reply, Failed):
            logger.warning("a track could not be heard a second time: %s %s", reply.code, reply.detail)
            await self._ended_badly()
        return isinstance(reply, Done | Failed)

    async def _ended_badly(self) -> None:
        """Twice, and the track keeps the lines that it has: nothing else may wait for it."""
        assert self._lease is not None
        self._tries[self._lease.track] += 1
        if self._tries[self._lease.track] >= TRIES:
            await self._record.finish_revision(self._lease.track, self._lease.token)

    def _hear(self, worker: Worker) -> None:
        lease = self._lease
        assert lease is not None
        directory = str(self._recordings / lease.meeting / lease.track)
        worker.send(CatchUp(lease.track, lease.token, lease.heard_until, directory, lease.hints, AT_ONCE))
