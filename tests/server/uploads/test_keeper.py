"""From the last byte to a meeting: restarts, damage, a full disk."""

from __future__ import annotations

from datetime import timedelta

from media.intake.errors import Damaged, DiskFull
from minutes.record.models import Track
from server.meetings.models import Meeting, MeetingOffice
from server.uploads import repository
from server.uploads.keeper import LOOK_EVERY, PAUSE_S
from server.uploads.states import Event, State
from tests.server.uploads.house import HELD, TAKEN, House


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


async def test_a_lease_that_was_taken_by_another_changes_nothing(house: House) -> None:
    uploads, _ = house.uploads(TAKEN)
    upload = await house.announced()
    await uploads.received(upload)
    async with house.sessions.begin() as session:
        old = await repository.lease(session, upload)
        assert await repository.lease(session, upload) == (old or 0) + 1
        assert not await repository.change(session, upload, Event.PREPARED, token=old)
    assert await house.state() == State.PREPARING


async def test_an_upload_whose_last_request_could_not_say_so_is_gone_on_with(house: House) -> None:
    uploads, _ = house.uploads(TAKEN)
    upload = await house.announced()
    uploads.receiving.path(upload.id).parent.mkdir(parents=True, exist_ok=True)
    uploads.receiving.path(upload.id).write_bytes(bytes(upload.size))
    for _ in range(LOOK_EVERY):
        await uploads.tick()
    assert await house.state() == State.PREPARING
