"""A second hearing begins when nobody speaks, ends at once when somebody does, and goes on where it stood."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from minutes.record import tracks
from minutes.record.lines import transcript
from minutes.record.models import Line
from minutes.search.fts5 import Fts5Index
from minutes.speech.client import SpeechWorker, WorkerOptions
from minutes.speech.ports import AT_ONCE, CatchUp, Done, Failed, Heard, Recognition, Utterance
from server.db import make_engine, make_sessions, migrate
from server.revising import QUIET_TICKS, Revising
from server.scribing import Lease
from server.transcripts import DatabaseRecord
from tests.minutes.record.conftest import track
from tests.minutes.speech.sounds import opus, record, spoken, voice
from tests.server.test_scribing import BY, HINTS, SAID, Worker
from tests.waiting import settled
from tests.wer import wer


@dataclass
class Record:
    """Tracks in memory: how far each has been heard a second time."""

    stands: dict[str, float]
    done: set[str] = field(default_factory=set)
    said: list[tuple[str, str]] = field(default_factory=list)
    refuses: bool = False

    async def next_unrevised(self) -> Lease | None:
        name = next((name for name in self.stands if name not in self.done), None)
        return None if name is None else Lease(name, "rapat", 2, self.stands[name], HINTS)

    async def revise(
        self, track: str, token: int, until: float, said: Sequence[Utterance], by: Recognition | None
    ) -> None:
        if self.refuses:
            raise TimeoutError("the database is locked")
        assert (token, by) == (2, BY)
        self.stands[track] = until
        self.said += [(track, each.text) for each in said]

    async def finish_revision(self, track: str, token: int) -> None:
        self.done.add(track)


@dataclass
class Hall:
    record: Record
    workers: list[Worker]
    idle: bool = True
    revising: Revising = field(init=False)

    def __post_init__(self) -> None:
        coming = iter(self.workers)
        self.revising = Revising(self.record, lambda: next(coming), Path("recordings"), lambda: self.idle)

    async def seconds(self, count: int) -> None:
        for _ in range(count):
            await self.revising.tick()
            await settled()


async def test_it_begins_when_it_has_been_quiet_for_a_while() -> None:
    hall = Hall(Record({"a": 0.0, "b": 7.0}), [Worker()], idle=False)
    (worker,) = hall.workers
    await hall.seconds(QUIET_TICKS + 5)
    hall.idle = True
    await hall.seconds(QUIET_TICKS - 1)
    assert worker.told == []
    await hall.seconds(1)
    assert worker.told == [CatchUp("a", 2, 0.0, "recordings/rapat/a", HINTS, AT_ONCE)]
    worker.says.put_nowait(Heard("a", 2, 9.0, (SAID,)))
    worker.says.put_nowait(Done("a", 2, 12.0))
    await settled()
    assert (hall.record.said, hall.record.done) == ([("a", SAID.text)], {"a"})
    assert worker.told[1:] == [CatchUp("b", 2, 7.0, "recordings/rapat/b", HINTS, AT_ONCE)]
    worker.says.put_nowait(Done("b", 2, 12.0))
    await hall.seconds(3 * QUIET_TICKS)
    assert hall.record.done == {"a", "b"}


async def test_it_gives_way_at_once_and_goes_on_where_it_stood() -> None:
    first, second = Worker(), Worker()
    hall = Hall(Record({"a": 0.0}), [first, second])
    await hall.seconds(QUIET_TICKS)
    first.says.put_nowait(Heard("a", 2, 30.0, (SAID,)))
    await settled()
    hall.idle = False
    await hall.seconds(2)
    assert second.told == []
    hall.idle = True
    await hall.seconds(QUIET_TICKS)
    assert second.told == [CatchUp("a", 2, 30.0, "recordings/rapat/a", HINTS, AT_ONCE)]
    await hall.revising.close()


async def test_a_track_that_cannot_be_heard_twice_does_not_keep_the_others() -> None:
    hall = Hall(Record({"broken": 0.0, "b": 0.0}), [Worker()])
    await hall.seconds(QUIET_TICKS)
    (worker,) = hall.workers
    for _ in range(2):
        worker.says.put_nowait(Failed("broken", 2, "engine", "RuntimeError"))
    await settled()
    assert [command.track for command in worker.told] == ["broken", "broken", "b"]
    await hall.revising.close()


async def test_a_worker_that_dies_is_replaced_after_a_while_and_gives_up_a_track_at_last() -> None:
    hall = Hall(Record({"heavy": 0.0, "b": 0.0}), [Worker(), Worker(), Worker()])
    await hall.seconds(QUIET_TICKS)
    hall.workers[0].says.put_nowait(None)
    await hall.seconds(QUIET_TICKS - 1)
    assert hall.workers[1].told == []
    await hall.seconds(1)
    hall.workers[1].says.put_nowait(None)
    await hall.seconds(QUIET_TICKS)
    told = [[command.track for command in worker.told] for worker in hall.workers]
    assert told == [["heavy"], ["heavy"], ["b"]]
    await hall.revising.close()


async def test_without_an_engine_nothing_is_tried_again() -> None:
    hall = Hall(Record({"a": 0.0}), [Worker()])
    await hall.seconds(QUIET_TICKS)
    hall.workers[0].says.put_nowait(Failed("", 0, "engine_unavailable", "no weights"))
    hall.workers[0].says.put_nowait(None)
    await hall.seconds(3 * QUIET_TICKS)
    assert hall.record.done == set()


async def test_what_cannot_be_kept_is_tried_again_later() -> None:
    hall = Hall(Record({"a": 0.0}, refuses=True), [Worker(), Worker()])
    await hall.seconds(QUIET_TICKS)
    hall.workers[0].says.put_nowait(Heard("a", 2, 30.0, (SAID,)))
    await settled()
    assert hall.record.stands == {"a": 0.0}
    hall.record.refuses = False
    await hall.seconds(QUIET_TICKS)
    hall.workers[1].says.put_nowait(Heard("a", 2, 30.0, (SAID,)))
    await settled()
    assert hall.record.stands == {"a": 30.0}
    await hall.revising.close()


@pytest.mark.timeout(180)
async def test_a_recording_is_heard_again_by_a_real_worker(tmp_path: Path) -> None:
    """Its first hearing was bad: the line keeps its id, and is right now."""
    turn = spoken("bambang", 74.0, 85.0)[0]
    record(tmp_path / "recordings" / "m1" / "t1", opus(voice("bambang", turn.start - 1.0, turn.end + 1.0)))
    url = f"sqlite+aiosqlite:///{tmp_path / 'rakor.db'}"
    await asyncio.to_thread(migrate, url)
    engine = make_engine(url)
    sessions = make_sessions(engine)
    length = turn.end - turn.start + 2.0
    async with sessions.begin() as session:
        await tracks.create_track(session, track())
        token = (await tracks.take_lease(session, "t1")).token
        bad = [Utterance(1.0, length - 1.0, "Salah semua.", ())]
        (before,) = await tracks.store(session, "t1", token, length, bad, Fts5Index())
        await tracks.finish(session, "t1", token)
    options = WorkerOptions(tmp_path, gives_way=0)
    revising = Revising(
        DatabaseRecord(sessions, Fts5Index()), lambda: SpeechWorker(options), tmp_path / "recordings", lambda: True
    )

    async def lines() -> list[Line]:
        async with sessions() as session:
            return list((await transcript(session, "m1", None, 100)).lines)

    for _ in range(QUIET_TICKS):
        await revising.tick()
    assert revising.work is not None
    await revising.work
    found = await lines()
    await revising.close()
    await engine.dispose()
    assert [line.id for line in found] == [before.id]
    assert wer(turn.text, found[0].text) <= 0.3
