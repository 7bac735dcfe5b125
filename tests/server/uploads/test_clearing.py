"""What becomes no meeting leaves nothing: bad files, people who change their minds, what nobody goes on with."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from media.intake.errors import NoSound
from server.uploads import repository
from server.uploads.keeper import LOOK_EVERY
from server.uploads.repository import BEGINS_WITHIN
from server.uploads.states import Event, OutOfTurn, State
from tests.server.uploads.house import NOW, TAKEN, House, eventually


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
