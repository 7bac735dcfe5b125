"""From the last byte to a meeting: restarts, damage, a full disk, people who change their minds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from media.intake.errors import Damaged, DiskFull, IntakeError, NoSound
from media.intake.process import Taken
from media.intake.track import Progress
from minutes.record.models import Track
from server.auth.offices import ensure
from server.db import Sessions, make_engine, make_sessions, migrate
from server.meetings.models import Meeting, MeetingOffice
from server.uploads import repository
from server.uploads.keeper import LOOK_EVERY, PAUSE_S, Uploads
from server.uploads.models import Upload
from server.uploads.receiving import RESERVE, Receiving
from server.uploads.repository import BEGINS_WITHIN
from server.uploads.states import Event, OutOfTurn, State

NOW = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
HELD = datetime(2020, 7, 8, 17, 30, tzinfo=UTC)  # the next day in Jakarta
TAKEN = Taken(3600.0, False, "ab" * 32)


@dataclass
class Intake:
    """Takes files as it is told to: each try has an outcome, or waits for ever."""

    outcomes: list[Taken | IntakeError | None]
    tries: list[Path] = field(default_factory=list)
    ended: int = 0

    async def __call__(self, file: Path, directory: Path, progress: Callable[[Progress], None]) -> Taken:
        self.tries.append(directory)
        await asyncio.to_thread(directory.mkdir, parents=True, exist_ok=True)
        progress(Progress(0.25, 900.0))
        outcome = self.outcomes[len(self.tries) - 1]
        try:
            if outcome is None:
                await asyncio.Event().wait()
        finally:
            self.ended += 1
        if isinstance(outcome, Taken):
            return outcome
        assert outcome is not None
        raise outcome


@dataclass
class Transcribers:
    told: list[str] = field(default_factory=list)

    def knows(self, track: str) -> bool:
        return track in self.told

    async def recover(self, track: str) -> None:
        self.told.append(track)


@dataclass
class House:
    sessions: Sessions
    directory: Path
    transcribers: Transcribers = field(default_factory=Transcribers)
    now: datetime = NOW
    pauses: list[float] = field(default_factory=list)

    def uploads(self, *outcomes: Taken | IntakeError | None) -> tuple[Uploads, Intake]:
        intake = Intake(list(outcomes))
        receiving = Receiving(self.directory / "uploads", lambda _: 10 * RESERVE)
        recordings = self.directory / "recordings"
        uploads = Uploads(
            self.sessions, receiving, recordings, self.transcribers, intake, 7, lambda: self.now, self.pause
        )
        return uploads, intake

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    async def announced(self, name: str = "a", received: bytes = b"suara", size: int = 5) -> Upload:
        upload = Upload(
            id=name, title="Rapat Lama", starts_at=HELD, zone="Asia/Jakarta", host_office_id="kpuri",
            offices=["kaltara"], uploaded_by="Dewi", file_name="rapat.mp4", size=size, fingerprint="",
            state=State.RECEIVING, created_at=self.now, touched_at=self.now, meeting_id=f"rapat-{name}",
            track_id=f"trek-{name}",
        )  # fmt: skip
        async with self.sessions.begin() as session:
            session.add(upload)
        file = self.directory / "uploads" / f"{name}.part"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(received)
        return upload

    async def state(self, name: str = "a") -> str | None:
        async with self.sessions() as session:
            found = await session.get(Upload, name)
        return found.state if found is not None else None

    async def is_in(self, state: State, name: str) -> bool:
        return await self.state(name) == state

    async def becomes(self, state: State, name: str = "a") -> Upload:
        await eventually(lambda: self.is_in(state, name))
        async with self.sessions() as session:
            found = await session.get(Upload, name)
        assert found is not None
        return found

    async def hands_over(self, *tracks: str) -> None:
        async def told() -> bool:
            return self.transcribers.told == list(tracks)

        await eventually(told)


async def eventually(answer: Callable[[], Awaitable[bool]]) -> None:
    for _ in range(100_000):
        if await answer():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never came")


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    url = f"sqlite+aiosqlite:///{tmp_path / 'rakor.db'}"
    migrate(url)
    engine = make_engine(url)
    sessions = make_sessions(engine)
    async with sessions.begin() as session:
        await ensure(session)
    yield House(sessions, tmp_path)
    await engine.dispose()


async def test_a_file_becomes_an_ended_meeting_in_which_nobody_is_named(house: House) -> None:
    uploads, intake = house.uploads(TAKEN)
    await uploads.run()
    await uploads.received(await house.announced())
    upload = await house.becomes(State.TRANSCRIBING)
    async with house.sessions() as session:
        meeting, track = await session.get(Meeting, "rapat-a"), await session.get(Track, "trek-a")
        invited = await session.get(MeetingOffice, ("rapat-a", "kaltara"))
    assert meeting is not None
    assert track is not None
    assert invited is not None
    assert (meeting.state, meeting.opened_at, meeting.ended_at) == ("ended", HELD, HELD + timedelta(hours=1))
    assert (track.known_by, track.person_name, track.office_id, track.ended) == ("unassigned", None, "", True)
    assert (track.meeting_date, track.meeting_title) == ("2020-07-09", "Rapat Lama")
    assert (upload.length, upload.sha256, upload.cut_short) == (3600.0, "ab" * 32, False)
    assert intake.tries == [house.directory / "recordings" / "rapat-a" / "trek-a"]
    await house.hands_over("trek-a")
    await uploads.close()
    assert not (house.directory / "uploads" / "a.part").exists()


async def test_it_is_done_when_all_has_been_heard(house: House) -> None:
    uploads, _ = house.uploads(TAKEN)
    await uploads.run()
    await uploads.received(await house.announced())
    await house.becomes(State.TRANSCRIBING)
    async with house.sessions.begin() as session:
        track = await session.get(Track, "trek-a")
        assert track is not None
        track.complete = True
    for _ in range(LOOK_EVERY):
        await uploads.tick()
    assert await house.state() == State.DONE
    await uploads.close()


async def test_a_restarted_server_goes_on(house: House) -> None:
    """One upload is being prepared, one was received whole without anybody being told, one is half here."""
    await house.announced("a")
    await house.announced("b")
    await house.announced("c", b"sua")
    first, hanging = house.uploads(None)
    await first.run()
    await house.becomes(State.PREPARING)
    await first.close()
    assert hanging.ended == len(hanging.tries)
    orphan = house.directory / "uploads" / "nobody.part"
    orphan.write_bytes(b"x")
    second, _ = house.uploads(TAKEN, TAKEN)
    await second.run()
    for name in ("a", "b"):
        await house.becomes(State.TRANSCRIBING, name)
    assert await house.state("c") == State.RECEIVING
    assert not orphan.exists()
    await second.close()
    assert second.receiving.received("c") == 3


async def test_a_track_that_nobody_was_told_of_is_handed_over_later(house: House) -> None:
    uploads, _ = house.uploads(TAKEN)
    await uploads.run()
    await uploads.received(await house.announced())
    await house.becomes(State.TRANSCRIBING)
    await house.hands_over("trek-a")
    house.transcribers.told.clear()  # as if the database had been locked just then
    for _ in range(LOOK_EVERY):
        await uploads.tick()
    assert house.transcribers.told == ["trek-a"]
    await uploads.close()


async def test_a_bad_file_leaves_its_reason_and_nothing_else(house: House) -> None:
    uploads, intake = house.uploads(NoSound())
    await uploads.run()
    upload = await house.announced()
    await uploads.received(upload)
    assert (await house.becomes(State.FAILED)).reason == "no_sound"
    await uploads.close()
    assert not (house.directory / "uploads" / "a.part").exists()
    assert not intake.tries[0].exists()
    assert house.transcribers.told == []
    await uploads.remove(upload)
    assert await house.state() is None


async def test_a_process_that_breaks_down_gets_a_second_try(house: House) -> None:
    uploads, _ = house.uploads(Damaged(), TAKEN, Damaged(), Damaged())
    await uploads.run()
    await uploads.received(await house.announced("a"))
    await house.becomes(State.TRANSCRIBING, "a")
    await uploads.received(await house.announced("b"))
    assert (await house.becomes(State.FAILED, "b")).reason == "damaged"
    await uploads.close()


async def test_a_full_disk_is_waited_for(house: House) -> None:
    uploads, intake = house.uploads(DiskFull(), DiskFull(), DiskFull(), TAKEN)
    await uploads.run()
    await uploads.received(await house.announced())
    await house.becomes(State.TRANSCRIBING)
    await uploads.close()
    assert house.pauses == [PAUSE_S] * 3
    assert len(intake.tries) == 4


async def test_who_calls_it_off_meanwhile_gets_no_meeting(house: House) -> None:
    uploads, intake = house.uploads(None)
    await uploads.run()
    upload = await house.announced()
    await uploads.received(upload)
    await house.becomes(State.PREPARING)

    async def begun() -> bool:
        return uploads.prepared("a") > 0.0

    await eventually(begun)
    await uploads.remove(upload)
    assert intake.ended == 1
    assert await house.state() is None
    assert not intake.tries[0].exists()
    await uploads.close()


async def test_called_off_before_it_was_begun_it_is_never_begun(house: House) -> None:
    uploads, intake = house.uploads(None)
    await uploads.run()
    upload = await house.announced()
    await asyncio.gather(uploads.received(upload), uploads.remove(upload), return_exceptions=True)
    await uploads.close()
    assert await house.state() is None
    assert all(not directory.exists() for directory in intake.tries)


async def test_a_server_that_ends_while_it_clears_up_leaves_it_to_the_next(house: House) -> None:
    """Of what was called off, and of what failed. Nobody else's recording is touched, whoever it belongs to."""
    recordings = house.directory / "recordings"
    for name, event in (("a", Event.CALLED_OFF), ("b", Event.REFUSED), ("c", None)):
        upload = await house.announced(name)
        async with house.sessions.begin() as session:
            await repository.change(session, upload, Event.RECEIVED)
            assert event is None or await repository.change(session, upload, event)
        (recordings / upload.meeting_id / upload.track_id).mkdir(parents=True)
    others = [recordings / name / "trek" for name in ("rapat-c", "rapat-lain", "0123456789abcdef")]
    for directory in others:
        directory.mkdir(parents=True, exist_ok=True)
        (directory / "0000000000-0000010000.webm").write_bytes(b"suara")
    uploads, _ = house.uploads(None)
    await uploads.run()
    assert [await house.state(name) for name in ("a", "b", "c")] == [None, State.FAILED, State.PREPARING]
    assert [(recordings / f"rapat-{name}").exists() for name in ("a", "b", "c")] == [False, False, True]
    assert all(any(directory.iterdir()) for directory in others)
    assert not (house.directory / "uploads" / "a.part").exists()
    await uploads.close()


async def test_a_meeting_is_not_called_off(house: House) -> None:
    uploads, _ = house.uploads(TAKEN)
    await uploads.run()
    upload = await house.announced()
    await uploads.received(upload)
    await house.becomes(State.TRANSCRIBING)
    with pytest.raises(OutOfTurn):
        await uploads.remove(upload)
    await uploads.close()


async def test_a_lease_that_was_taken_by_another_changes_nothing(house: House) -> None:
    uploads, _ = house.uploads(TAKEN)
    upload = await house.announced()
    await uploads.received(upload)
    async with house.sessions.begin() as session:
        old = await repository.lease(session, upload)
        assert await repository.lease(session, upload) == (old or 0) + 1
        assert not await repository.change(session, upload, Event.PREPARED, token=old)
    assert await house.state() == State.PREPARING


async def test_what_is_left_off_expires(house: House) -> None:
    uploads, _ = house.uploads()
    upload = await house.announced("a", b"sua")
    async with house.sessions.begin() as session:
        await repository.touch(session, upload, NOW + timedelta(minutes=1))
    house.now = NOW + timedelta(days=7)
    for _ in range(LOOK_EVERY):
        await uploads.tick()
    assert await house.state() == State.RECEIVING
    house.now = NOW + timedelta(days=7, minutes=2)
    for _ in range(LOOK_EVERY):
        await uploads.tick()
    assert (await house.becomes(State.FAILED)).reason == "expired"
    assert uploads.receiving.received("a") == 0


async def test_an_announcement_that_nothing_follows_expires_soon(house: House) -> None:
    uploads, _ = house.uploads()
    await house.announced("a", b"")
    house.now = NOW + BEGINS_WITHIN - timedelta(minutes=1)
    for _ in range(LOOK_EVERY):
        await uploads.tick()
    assert await house.state() == State.RECEIVING
    house.now = NOW + BEGINS_WITHIN + timedelta(minutes=1)
    for _ in range(LOOK_EVERY):
        await uploads.tick()
    assert (await house.becomes(State.FAILED)).reason == "expired"


async def test_an_upload_whose_last_request_could_not_say_so_is_gone_on_with(house: House) -> None:
    uploads, _ = house.uploads(TAKEN)
    upload = await house.announced()
    uploads.receiving.path(upload.id).parent.mkdir(parents=True, exist_ok=True)
    uploads.receiving.path(upload.id).write_bytes(bytes(upload.size))
    for _ in range(LOOK_EVERY):
        await uploads.tick()
    assert await house.state() == State.PREPARING
