"""What happens to an upload once all of it is here: prepared, one after the other, then handed to who transcribes.

A server that ends in the middle loses nothing: whoever comes next takes a new lease, and the track that was half
written is written on. A try whose lease is old changes nothing.
"""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from media.intake.errors import Damaged, DiskFull, IntakeError
from media.intake.process import Taken
from media.intake.track import Progress
from server.db import Sessions
from server.uploads import repository
from server.uploads.models import Upload
from server.uploads.receiving import Receiving
from server.uploads.states import FILE_NEEDED, NEVER_A_MEETING, Event, OutOfTurn, State

LOOK_EVERY = 5  # ticks
TRIES = 2
PAUSE_S = 30.0
EXPIRED = "expired"
Take = Callable[[Path, Path, Callable[[Progress], None]], Awaitable[Taken]]
logger = logging.getLogger(__name__)


class Transcribers(Protocol):
    def knows(self, track: str) -> bool: ...
    async def recover(self, track: str) -> None:
        """Transcribe a track that is on disk."""
        ...


class Uploads:
    def __init__(
        self,
        sessions: Sessions,
        receiving: Receiving,
        recordings: Path,
        transcribers: Transcribers,
        take: Take,
        days: int,
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.receiving = receiving
        self._sessions, self._recordings, self._transcribers = sessions, recordings, transcribers
        self._take, self._days, self._now, self._sleep = take, days, now, sleep
        self._work = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._trying: tuple[str, asyncio.Task[Taken]] | None = None
        self._progress: dict[str, Progress] = {}
        self._waiting_for_room: set[str] = set()
        self._put_off: set[str] = set()  # what went wrong with them is not known: others come first
        self._beginning = asyncio.Lock()  # what is called off has been begun, or never is
        self._handing_over = asyncio.Lock()
        self._ticks = 0

    async def run(self) -> None:
        """Find what a former server left, and begin."""
        await self._clear_what_is_no_meeting()
        async with self._sessions() as session:
            needed = await repository.in_state(session, *FILE_NEEDED)
        await asyncio.to_thread(self.receiving.forget_all_but, [upload.id for upload in needed])
        await self._all_received()
        self._task = asyncio.create_task(self._keep_preparing())
        self._work.set()

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def prepared(self, upload: str) -> float:
        """How much of its file has been read, 0 to 1."""
        found = self._progress.get(upload)
        return found.share if found is not None else 0.0

    def waits_for_room(self, upload: str) -> bool:
        return upload in self._waiting_for_room

    async def received(self, upload: Upload) -> None:
        """All of it is on disk. Once is enough, twice changes nothing."""
        async with self._sessions.begin() as session:
            await repository.change(session, upload, Event.RECEIVED)
        self._work.set()

    async def remove(self, upload: Upload) -> None:
        """Call it off, or dismiss what failed. Raises `OutOfTurn` when it has become a meeting."""
        async with self._beginning, self._sessions.begin() as session:
            if not await repository.change(session, upload, Event.CALLED_OFF):
                raise OutOfTurn("it has become a meeting")
        if self._trying is not None and self._trying[0] == upload.id:
            self._trying[1].cancel()
            await asyncio.wait([self._trying[1]])
        await self._forget(upload)

    async def tick(self) -> None:
        """About once a second: what has expired, and what has been heard to its end."""
        self._ticks += 1
        if self._ticks % LOOK_EVERY:
            return
        await self._all_received()
        async with self._sessions.begin() as session:
            for upload in await repository.heard(session):
                await repository.change(session, upload, Event.HEARD)
            old = [each for each in await repository.expired(session, self._now(), self._days) if not self._busy(each)]
            gone = [upload for upload in old if await repository.change(session, upload, Event.EXPIRED, EXPIRED)]
        for upload in gone:
            await self.receiving.remove(upload.id)
        await self._hand_over()

    async def _all_received(self) -> None:
        """Those whose last request could not say so: its line was lost, or the database was locked."""
        async with self._sessions() as session:
            receiving = await repository.in_state(session, State.RECEIVING)
        for upload in receiving:
            if not self._busy(upload) and self.receiving.received(upload.id) == upload.size:
                await self.received(upload)

    def _busy(self, upload: Upload) -> bool:
        return self.receiving.busy(upload.id)

    async def _hand_over(self) -> None:
        """Whatever nobody transcribes. Tracks of a former server are found by the transcribers themselves."""
        async with self._handing_over, self._sessions() as session:
            for upload in await repository.unheard(session):
                if not self._transcribers.knows(upload.track_id):
                    await self._transcribers.recover(upload.track_id)

    # --- preparing ---

    async def _keep_preparing(self) -> None:
        while True:
            await self._work.wait()
            self._work.clear()
            try:
                while (upload := await self._next()) is not None:
                    await self._prepare(upload)
            except Exception:
                logger.exception("an upload could not be prepared now; trying again in %.0f s", PAUSE_S)
                await self._again_later()

    async def _next(self) -> Upload | None:
        """The one that has waited longest; those that something holds up come last."""
        async with self._sessions() as session:
            waiting = await repository.in_state(session, State.PREPARING)
        held_up = self._waiting_for_room | self._put_off
        return min(waiting, key=lambda upload: upload.id in held_up, default=None)

    async def _prepare(self, upload: Upload) -> None:
        async with self._beginning:
            async with self._sessions.begin() as session:
                token = await repository.lease(session, upload)
            if token is None:
                return
            work = self._take(self.receiving.path(upload.id), self._track(upload), self._telling(upload.id))
            self._trying = (upload.id, task := asyncio.ensure_future(work))
        try:
            taken = await self._tried(upload, task)
        except DiskFull:
            self._waiting_for_room.add(upload.id)
            await self._again_later()
        except IntakeError as error:
            await self._failed(upload, token, error)
        else:
            self._put_off.add(upload.id)
            if taken is not None:
                await self._finished(upload, token, taken)
            self._put_off.discard(upload.id)

    async def _tried(self, upload: Upload, task: asyncio.Task[Taken]) -> Taken | None:
        """None when it was called off meanwhile."""
        try:
            return await task
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if current is not None and current.cancelling():
                raise
            return None
        finally:
            self._trying = None
            self._waiting_for_room.discard(upload.id)

    def _telling(self, upload: str) -> Callable[[Progress], None]:
        def tell(progress: Progress) -> None:
            self._progress[upload] = progress

        return tell

    async def _finished(self, upload: Upload, token: int, taken: Taken) -> None:
        async with self._sessions.begin() as session:
            if not await repository.change(session, upload, Event.PREPARED, token=token):
                return
            await repository.keep_facts(session, upload, taken.length, taken.cut_short, taken.sha256)
            await repository.make_meeting(session, upload, taken.length)
        await self._clear(upload)
        await self._hand_over()

    async def _failed(self, upload: Upload, token: int, error: IntakeError) -> None:
        """A process that broke down gets a second try: the machine may have been short of something."""
        async with self._sessions.begin() as session:
            if isinstance(error, Damaged) and await repository.count_attempt(session, upload) < TRIES:
                return
            refused = await repository.change(session, upload, Event.REFUSED, error.code, token)
        if refused:
            await self._leave_nothing(upload)

    async def _again_later(self) -> None:
        await self._sleep(PAUSE_S)
        self._work.set()

    # --- clearing up ---

    async def _clear(self, upload: Upload) -> None:
        """Its file is not needed any more."""
        self._progress.pop(upload.id, None)
        await self.receiving.remove(upload.id)

    async def _leave_nothing(self, upload: Upload) -> bool:
        """It never becomes a meeting: its track goes too. False when that could not be removed."""
        await self._clear(upload)
        return await asyncio.to_thread(_removed, self._recordings / upload.meeting_id)

    async def _forget(self, upload: Upload) -> None:
        """Of what was called off the row goes last: a server that ends in the middle leaves it to the next."""
        if await self._leave_nothing(upload):
            async with self._sessions.begin() as session:
                await repository.forget(session, upload)

    async def _clear_what_is_no_meeting(self) -> None:
        """What a former server did not get to. Rows say what is cleared: nobody else's recording can be meant."""
        async with self._sessions() as session:
            found = await repository.in_state(session, *NEVER_A_MEETING)
        for upload in found:
            await self._forget(upload)

    def _track(self, upload: Upload) -> Path:
        return self._recordings / upload.meeting_id / upload.track_id


def _removed(directory: Path) -> bool:
    """Blocking."""
    shutil.rmtree(directory, ignore_errors=True)
    return not directory.exists()
