"""Speech workers come and go, the database may refuse: what was said is kept once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from media.ports import Tapped, TrackEnded
from minutes.speech.ports import (
    Command,
    Done,
    Drafted,
    Finish,
    Heard,
    Listen,
    Ready,
    Recognition,
    Reply,
    Utterance,
)
from server.scribing import Lease, Scribing
from server.signalling import messages as say
from tests.waiting import settled

BY = Recognition("engine 1", "model", "", "{}")
HINTS = "Bawaslu. DKPP."
SAID = Utterance(0.0, 1.0, "Rapat dibuka.", ())


@dataclass
class Worker:
    """Says what it is told to say."""

    told: list[Command] = field(default_factory=list)
    says: asyncio.Queue[Reply | None] = field(default_factory=asyncio.Queue)
    broken: bool = False

    async def start(self) -> None:
        if self.broken:
            raise OSError("no process could be started")
        self.says.put_nowait(Ready(BY))

    def send(self, command: Command) -> None:
        self.told.append(command)

    async def replies(self) -> AsyncIterator[Reply]:
        while (reply := await self.says.get()) is not None:
            yield reply

    async def close(self) -> None:
        self.says.put_nowait(None)


@dataclass
class Record:
    """One track, in memory; the first `refusals` writes fail as a locked database does."""

    refusals: int = 0
    kept: list[Utterance] = field(default_factory=list)
    heard_until: float = 0.0

    async def lease(self, track: str) -> Lease:
        return Lease(track, "rapat", 1, self.heard_until, HINTS)

    async def store(
        self, track: str, token: int, until: float, said: Sequence[Utterance], by: Recognition | None
    ) -> list[tuple[str, say.Caption]]:
        if self.refusals:
            self.refusals -= 1
            raise TimeoutError("the database is locked")
        assert by == BY
        self.kept += said
        self.heard_until = until
        return []

    async def finish(self, track: str, token: int) -> None: ...
    async def end(self, track: str) -> None: ...
    async def unfinished(self) -> list[str]:
        return []


class Rooms:
    def caption(self, meeting: str, caption: say.Caption) -> None: ...
    def draft(self, meeting: str, peer: str, start: float, settled: str, open: str) -> None: ...
    def undraft(self, meeting: str, peer: str) -> None: ...
    def transcription(self, message: say.Transcription) -> None: ...


def desk(record: Record, workers: list[Worker]) -> tuple[Scribing, list[float]]:
    coming, pauses = iter(workers), list[float]()

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    return Scribing(record, lambda: next(coming), 1, Path("recordings"), lambda: 0.0, pause), pauses


async def test_what_could_not_be_stored_is_heard_again_by_another_worker() -> None:
    record, first, second = Record(refusals=1), Worker(), Worker()
    scribing, _ = desk(record, [first, second])
    await scribing.run(Rooms())
    await scribing.begin("rapat", "a")
    await settled()
    scribing.hear(Tapped("rapat", "a", ((0.0, b"opus"),)))
    first.says.put_nowait(Heard("a", 1, 1.2, (SAID,)))
    await settled()
    assert record.kept == []
    assert Listen("a", 1, 0.0, HINTS) in second.told
    second.says.put_nowait(Heard("a", 1, 1.2, (SAID,)))
    await settled()
    assert record.kept == [SAID]
    await scribing.close()


async def test_a_worker_that_does_not_start_is_followed_by_another_ever_more_slowly() -> None:
    good = Worker()
    scribing, pauses = desk(Record(), [Worker(broken=True), Worker(broken=True), Worker(broken=True), good])
    await scribing.run(Rooms())
    await settled()
    assert pauses == [0.5, 1.0, 2.0]
    assert scribing.ready
    await scribing.close()


async def test_a_track_that_begins_late_in_a_meeting_is_not_behind() -> None:
    """It has been heard to nowhere, but nothing was said before its first packet."""
    said: list[say.Transcription] = []

    class Listening(Rooms):
        def transcription(self, message: say.Transcription) -> None:
            said.append(message)

    scribing, _ = desk(Record(), [Worker()])
    await scribing.run(Listening())
    await scribing.begin("rapat", "a")
    await settled()
    scribing.hear(Tapped("rapat", "a", ((7200.0, b"opus"),)))
    scribing.tick()
    assert said[-1].state == "ready"
    await scribing.close()


async def test_a_track_ends_though_the_record_cannot_say_so() -> None:
    class Full(Record):
        async def end(self, track: str) -> None:
            raise OSError("no space left on device")

    worker = Worker()
    scribing, _ = desk(Full(), [worker])
    await scribing.run(Rooms())
    await scribing.begin("rapat", "a")
    await settled()
    with pytest.raises(OSError, match="no space"):
        await scribing.ended(TrackEnded("rapat", "a"))
    assert worker.told[-1] == Finish("a", 1)
    await scribing.close()


class Pages(Rooms):
    """What is being said, by connection."""

    def __init__(self) -> None:
        self.drafts: dict[str, str] = {}

    def draft(self, meeting: str, peer: str, start: float, settled: str, open: str) -> None:
        self.drafts[peer] = f"{settled}|{open}"

    def undraft(self, meeting: str, peer: str) -> None:
        del self.drafts[peer]


DRAFT = Drafted("a", 1, 0.5, 2.0, "Rapat", "dibuka")


@pytest.mark.parametrize(
    ("reply", "shown"),
    [
        (Heard("a", 1, 0.4, ()), {"a": "Rapat|dibuka"}),
        (Heard("a", 1, 3.0, (SAID,)), {}),
        (Done("a", 1, 3.0), {}),
        (None, {}),  # the worker dies
        (Drafted("a", 0, 0.5, 9.0, "an older", "lease"), {"a": "Rapat|dibuka"}),
    ],
)
async def test_a_draft_is_shown_until_its_line_comes(reply: Reply | None, shown: dict[str, str]) -> None:
    worker, pages = Worker(), Pages()
    scribing, _ = desk(Record(), [worker, Worker()])
    await scribing.run(pages)
    await scribing.begin("rapat", "a")
    worker.says.put_nowait(DRAFT)
    await settled()
    assert pages.drafts == {"a": "Rapat|dibuka"}
    worker.says.put_nowait(reply)
    await settled()
    assert pages.drafts == shown
    await scribing.close()
