"""Who listens to which track, on which worker; what they hear is stored, then shown.

The order holds the promise "nothing lost, nothing doubled": a reply is committed with its watermark before the scribe
may forget the sound behind it, and a worker that comes back with an old token is refused by the record.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from media.ports import Tapped, TrackEnded
from minutes.record.errors import StaleToken
from minutes.speech.ports import Command, Done, Drafted, Failed, Heard, Ready, Recognition, Reply, Utterance
from minutes.speech.scribe import Phase, Scribe
from server.hearing import Progress
from server.signalling import messages as say

FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lease:
    """A track that is ours to hear. `heard_until` in meeting seconds; `hints`: words that may be said in it."""

    track: str
    meeting: str
    token: int
    heard_until: float
    hints: str = ""


class Record(Protocol):
    """What transcription keeps. Raises `StaleToken` for a lease that is not the newest."""

    async def lease(self, track: str) -> Lease: ...
    async def store(
        self, track: str, token: int, until: float, said: Sequence[Utterance], by: Recognition | None
    ) -> list[tuple[str, say.Caption]]:
        """One transaction with the index; (meeting, caption) of every new line."""
        ...

    async def finish(self, track: str, token: int) -> None: ...
    async def end(self, track: str) -> None: ...
    async def unfinished(self) -> list[str]: ...


class Audience(Protocol):
    """The rooms."""

    def caption(self, meeting: str, caption: say.Caption) -> None: ...
    def draft(self, meeting: str, peer: str, start: float, settled: str, open: str) -> None:
        """What is being said over a connection, since `start` in meeting seconds."""
        ...

    def undraft(self, meeting: str, peer: str) -> None:
        """What was being said is a line now, or nothing."""
        ...

    def transcription(self, message: say.Transcription) -> None: ...


class Worker(Protocol):
    """One speech process: `minutes.speech.client.SpeechWorker`. `replies` ends when it does."""

    async def start(self) -> None: ...
    def send(self, command: Command) -> None: ...
    def replies(self) -> AsyncIterator[Reply]: ...
    async def close(self) -> None: ...


@dataclass(slots=True)
class _Desk:
    """One worker process and what it must be told."""

    scribe: Scribe
    worker: Worker | None = None
    by: Recognition | None = None

    @property
    def ready(self) -> bool:
        return self.by is not None


class Scribing:
    def __init__(
        self,
        record: Record,
        make_worker: Callable[[], Worker],
        workers: int,
        recordings: Path,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._record, self._make_worker, self._recordings, self._clock = record, make_worker, recordings, clock
        self._sleep = sleep
        self._desks = [_Desk(Scribe()) for _ in range(workers)]
        self._desk_of: dict[str, _Desk] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._progress = Progress()
        self._meetings: dict[str, str] = {}  # of tracks that are heard while they go on
        self._drafts: dict[str, float] = {}  # where the drafts begin that are on pages
        self._audience: Audience | None = None
        self._closing = False

    @property
    def ready(self) -> bool:
        return all(desk.ready for desk in self._desks)

    @property
    def idle(self) -> bool:
        """Everything recorded has been heard."""
        return all(desk.scribe.idle for desk in self._desks)

    @property
    def tracks(self) -> int:
        """Microphones that are being heard, or will be from their recording."""
        return len(self._desk_of)

    @property
    def behind_s(self) -> float:
        """How much of the sound that has come, at most of all microphones, is not heard yet."""
        return self._progress.behind_s

    async def run(self, audience: Audience) -> None:
        """Find the work a former server left, and start the workers."""
        self._audience = audience
        for track in await self._record.unfinished():
            await self._record.end(track)
            await self.recover(track)
        self._tasks = [asyncio.create_task(self._keep(desk)) for desk in self._desks]

    async def close(self) -> None:
        """End the workers. What they had not heard is found again from the recording."""
        self._closing = True
        for desk in self._desks:
            if desk.worker is not None:
                await desk.worker.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # --- recordings (server.uploads.keeper.Transcribers) ---

    def knows(self, track: str) -> bool:
        """Whether it is being heard, or will be."""
        return track in self._desk_of

    def gave_up(self, track: str) -> bool:
        """Whether it is left until the server starts again: its recording was tried too often."""
        desk = self._desk_of.get(track)
        return desk is not None and desk.scribe.tracks.get(track) is Phase.GIVEN_UP

    async def recover(self, track: str) -> None:
        """Hear a track that has ended, from its recording and from where somebody stopped."""
        lease = await self._record.lease(track)
        desk = self._seat(track)
        self._progress.heard(track, lease.heard_until)
        directory = self._directory(lease)
        self._send(desk, desk.scribe.recover(track, lease.token, lease.heard_until, directory, lease.hints))

    # --- tracks (server.rooms.ports.Transcribers, server.mediation.Listeners) ---

    async def begin(self, room: str, track: str) -> None:
        lease = await self._record.lease(track)
        desk = self._seat(track)
        self._meetings[track] = room
        directory = self._directory(lease)
        self._send(desk, desk.scribe.begin(track, lease.token, lease.heard_until, directory, lease.hints))

    async def orphaned(self, track: str) -> None:
        await self._end(track)

    def hear(self, event: Tapped) -> None:
        desk = self._desk_of.get(event.peer)
        if desk is not None and event.packets:
            self._progress.came(event.peer, event.packets[0][0], event.packets[-1][0])
            self._send(desk, desk.scribe.hear(event.peer, event.packets))

    async def ended(self, event: TrackEnded) -> None:
        await self._end(event.peer)

    def tick(self) -> None:
        """About once a second: retries, and how far behind we are."""
        for desk in self._desks:
            self._send(desk, desk.scribe.tick(self._clock()))
        if self._audience is not None:
            self._audience.transcription(self._progress.state(self.ready))

    # --- workers ---

    async def _keep(self, desk: _Desk) -> None:
        pause = FIRST_PAUSE_S
        while not self._closing:
            if await self._employ(desk):
                pause = FIRST_PAUSE_S
            if not self._closing:
                logger.warning("a speech worker ended; starting another in %.1f s", pause)
                await self._sleep(pause)
                pause = min(LONGEST_PAUSE_S, pause * 2)

    async def _employ(self, desk: _Desk) -> bool:
        """One worker, from its start to its end; True when it ever became ready."""
        worker = desk.worker = self._make_worker()
        try:
            await worker.start()
            async for reply in worker.replies():
                await self._on_reply(desk, reply)
        except Exception:
            # A full disk, a locked database: what was not stored was not acknowledged, and the next worker hears it.
            logger.exception("what a speech worker said could not be kept")
        finally:
            was_ready, desk.by = desk.ready, None
            for track in desk.scribe.tracks:
                self._undraft(track)
            desk.scribe.worker_lost()
            await worker.close()
        return was_ready

    async def _on_reply(self, desk: _Desk, reply: Reply) -> None:
        try:
            await self._keep_words(desk, reply)
        except StaleToken:
            assert not isinstance(reply, Ready)
            if desk.scribe.token(reply.track) == reply.token:  # else it was leased anew, and may sit at another desk
                self._send(desk, desk.scribe.drop(reply.track))
                if self._desk_of.get(reply.track) is desk:
                    self._forget(reply.track)
            return
        self._send(desk, desk.scribe.replied(reply, self._clock()))
        if isinstance(reply, Done):
            self._forget(reply.track)

    async def _keep_words(self, desk: _Desk, reply: Reply) -> None:
        if isinstance(reply, Ready):
            desk.by = reply.by
        elif isinstance(reply, Heard):
            lines = await self._record.store(reply.track, reply.token, reply.until, reply.utterances, desk.by)
            self._progress.heard(reply.track, reply.until)
            self._show(lines)
            if self._drafts.get(reply.track, reply.until) < reply.until:
                self._undraft(reply.track)
        elif isinstance(reply, Drafted):
            if desk.scribe.token(reply.track) == reply.token:
                self._draft(reply)
        elif isinstance(reply, Done):
            await self._record.store(reply.track, reply.token, reply.until, (), desk.by)
            await self._record.finish(reply.track, reply.token)
        elif isinstance(reply, Failed):
            logger.warning("a track could not be transcribed now: %s %s", reply.code, reply.detail)

    def _show(self, lines: Iterable[tuple[str, say.Caption]]) -> None:
        if self._audience is not None:
            for meeting, caption in lines:
                self._audience.caption(meeting, caption)

    def _draft(self, reply: Drafted) -> None:
        meeting = self._meetings.get(reply.track)
        if self._audience is not None and meeting is not None:
            self._drafts[reply.track] = reply.start
            self._progress.drafted(reply.track, reply.until)
            self._audience.draft(meeting, reply.track, reply.start, reply.settled, reply.open)

    def _undraft(self, track: str) -> None:
        if self._audience is not None and self._drafts.pop(track, None) is not None:
            self._audience.undraft(self._meetings[track], track)

    async def _end(self, track: str) -> None:
        """The scribe first: a record that cannot be written now is written again when all has been heard."""
        desk = self._desk_of.get(track)
        if desk is not None:
            self._send(desk, desk.scribe.end(track))
        await self._record.end(track)

    def _seat(self, track: str) -> _Desk:
        """The worker with the fewest tracks."""
        desk = min(self._desks, key=lambda each: len(each.scribe.tracks))
        self._desk_of[track] = desk
        return desk

    def _forget(self, track: str) -> None:
        self._undraft(track)
        self._progress.forget(track)
        self._desk_of.pop(track, None)
        self._meetings.pop(track, None)

    def _send(self, desk: _Desk, commands: Iterable[Command]) -> None:
        if desk.worker is not None:
            for command in commands:
                desk.worker.send(command)

    def _directory(self, lease: Lease) -> str:
        return str(self._recordings / lease.meeting / lease.track)
