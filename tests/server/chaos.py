"""People speak, and speech workers are killed while they do: the real scribing, database and worker processes.

Sound is fed as fast as it is heard. Every packet has the same meeting time in every play, so two plays differ by what
was killed and by nothing else.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import shutil
import signal
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import OperationalError

from media.ports import Tapped, TrackEnded
from minutes.record import tracks
from minutes.record.lines import transcript
from minutes.record.models import Line
from minutes.search.fts5 import Fts5Index
from minutes.speech.client import SpeechWorker, WorkerOptions
from minutes.speech.ports import Recognition, Utterance
from server.db import Sessions, make_engine, make_sessions, migrate
from server.scribing import Scribing
from server.signalling import messages as say
from server.transcripts import DatabaseRecord
from tests.minutes.record.conftest import track
from tests.minutes.speech.sounds import TimedPacket, record

MEETING = "rapat"
PIECE_S = 0.25  # what a tap hands over at once
# At most, of what has been heard: more than the longest utterance, or its microphone would seem mute; a memory of 60 s
# never overflows.
AHEAD_S = 30.0
STUCK_S = 90.0


class Rooms:
    def caption(self, meeting: str, caption: say.Caption) -> None: ...
    def draft(self, meeting: str, peer: str, start: float, settled: str, open: str) -> None: ...
    def undraft(self, meeting: str, peer: str) -> None: ...
    def transcription(self, message: say.Transcription) -> None: ...


class Watched(DatabaseRecord):
    """Says when something has been kept."""

    def __init__(self, sessions: Sessions) -> None:
        super().__init__(sessions, Fts5Index())
        self.news = asyncio.Event()
        self.refused = 0

    async def store(
        self, track: str, token: int, until: float, said: Sequence[Utterance], by: Recognition | None
    ) -> list[tuple[str, say.Caption]]:
        try:
            return await super().store(track, token, until, said, by)
        except OperationalError:
            self.refused += 1
            raise
        finally:
            self.news.set()

    async def finish(self, track: str, token: int) -> None:
        await super().finish(track, token)
        self.news.set()


class Worker(SpeechWorker):
    """Says when its process runs."""

    def __init__(self, options: WorkerOptions, news: asyncio.Event) -> None:
        super().__init__(options)
        self._news = news
        self.killed = False

    async def start(self) -> None:
        await super().start()
        self._news.set()


@dataclass
class Office:
    """The transcribing half of a server, with its own data."""

    folder: Path  # of database and recordings
    weights: Path
    killed: int = 0
    _workers: list[Worker] = field(default_factory=list)

    async def open(self) -> None:
        url = f"sqlite+aiosqlite:///{self.folder / 'rakor.db'}"
        await asyncio.to_thread(migrate, url)
        self._engine = make_engine(url)
        self.sessions = make_sessions(self._engine)
        await self.start()

    async def start(self) -> None:
        """Start, or start again after `die`: what had not been heard is heard from the recordings."""
        self._record = Watched(self.sessions)
        recordings = self.folder / "recordings"
        self.scribing = Scribing(self._record, self._worker, 1, recordings, time.monotonic, _at_once)
        await self.scribing.run(Rooms())

    async def die(self) -> None:
        """As with a server that is killed: its worker dies with it, and nothing more is stored."""
        await self.kill_worker()
        await self.scribing.close()

    async def close(self) -> None:
        await self.scribing.close()
        await self._engine.dispose()

    async def join(self, names: Sequence[str], start: float) -> None:
        """All are there before the first is heard: each meeting knows the same people."""
        async with self.sessions.begin() as session:
            for name in names:
                made = track(name, MEETING, person_name=name.partition("#")[0], started=start, heard_until=start)
                await tracks.create_track(session, made)
        for name in names:
            await self.scribing.begin(MEETING, name)

    async def kill_worker(self) -> None:
        """Whatever it does at the moment: it may be loading its model. It was not killed before."""
        await self._until(lambda: self._workers[-1].pid is not None and not self._workers[-1].killed)
        worker = self._workers[-1]
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        worker.killed = True
        self.killed += 1

    async def fill_the_disk(self) -> None:
        """Until it has twice been impossible to keep what was said."""
        ballast, before = self.folder / "ballast", self._record.refused
        ballast.write_bytes(bytes(shutil.disk_usage(self.folder).free))
        await self._until(lambda: self._record.refused >= before + 2)
        ballast.unlink()

    async def feed(self, pieces: dict[str, list[TimedPacket]]) -> None:
        """One moment of everybody's sound, once there is not too much ahead of it."""
        await self._until(lambda: self.scribing.behind_s <= AHEAD_S)
        for name, packets in pieces.items():
            self.scribing.hear(Tapped(MEETING, name, tuple(packets)))

    async def leave(self, name: str) -> None:
        await self.scribing.ended(TrackEnded(MEETING, name))

    async def heard(self) -> list[Line]:
        """All lines, once everything has been heard."""
        await self._until(lambda: self.scribing.idle)
        async with self.sessions() as session:
            assert await tracks.is_complete(session, MEETING)
            return list((await transcript(session, MEETING, None, 10_000)).lines)

    async def _until(self, so: Callable[[], bool]) -> None:
        while not so():
            self._record.news.clear()
            await asyncio.wait_for(self._record.news.wait(), STUCK_S)

    def _worker(self) -> SpeechWorker:
        self._workers.append(Worker(WorkerOptions(self.weights), self._record.news))
        return self._workers[-1]


@asynccontextmanager
async def office(folder: Path, weights: Path) -> AsyncIterator[Office]:
    made = Office(folder, weights)
    await made.open()
    try:
        yield made
    finally:
        await made.close()


async def hold(
    office: Office,
    sound: dict[str, list[TimedPacket]],
    kills: Sequence[float] = (),
    dies_at: float | None = None,
    full_at: float | None = None,
) -> list[Line]:
    """A meeting in which everybody's microphone is on all the time. Moments in seconds of sound: `kills`, of speech
    workers; `dies_at`, the server, and everybody comes back at once, on another track; `full_at`, the disk.
    """
    names = {name: name for name in sound}
    pieces = {name: _pieces(packets) for name, packets in sound.items()}
    await office.join(list(sound), 0.0)
    coming = sorted(kills)
    for moment in sorted(set(itertools.chain.from_iterable(pieces.values()))):
        while coming and coming[0] <= moment:
            coming.pop(0)
            await office.kill_worker()
        if full_at is not None and full_at <= moment:
            full_at = None
            await office.fill_the_disk()
        if dies_at is not None and dies_at <= moment:
            dies_at = None
            await _die(office, names, sound, moment)
        await office.feed({names[name]: by[moment] for name, by in pieces.items() if moment in by})
    for name, packets in sound.items():
        since = 0.0 if names[name] == name else float(names[name].partition("#")[2])
        record(_directory(office, names[name]), [packet for packet in packets if packet[0] >= since], longest=5.0)
        await office.leave(names[name])
    return await office.heard()


async def _die(office: Office, names: dict[str, str], sound: dict[str, list[TimedPacket]], moment: float) -> None:
    for name, packets in sound.items():
        record(_directory(office, name), [packet for packet in packets if packet[0] < moment], longest=5.0)
    await office.die()
    await office.start()
    names.update({name: f"{name}#{moment}" for name in names})
    await office.join(list(names.values()), moment)


def _directory(office: Office, name: str) -> Path:
    return office.folder / "recordings" / MEETING / name


def _pieces(packets: list[TimedPacket]) -> dict[float, list[TimedPacket]]:
    """By the moment at which each piece begins."""
    return {
        key * PIECE_S: list(group) for key, group in itertools.groupby(packets, lambda packet: int(packet[0] / PIECE_S))
    }


async def _at_once(seconds: float) -> None:
    """Between a worker and the next."""
    await asyncio.sleep(0)
