"""What is known of a meeting reaches the engine that hears it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from minutes.record.models import Track
from minutes.search.fts5 import Fts5Index
from minutes.speech.lexicon import MOST_OFFICES, MOST_PEOPLE
from server.auth import offices
from server.auth.models import Person, Position
from server.db import Sessions, make_engine, make_sessions, migrate
from server.meetings.models import Meeting, MeetingOffice
from server.subjects import subject_of
from server.transcripts import DatabaseRecord

NOW = datetime(2020, 7, 9, 2, tzinfo=UTC)


def track(id: str, office: str, person: str | None, started: float) -> Track:
    return Track(
        id=id,
        meeting_id="rapat",
        meeting_title="Rapat Koordinasi Dana Kampanye",
        meeting_date="2020-07-09",
        classification="biasa",
        seat_id=id,
        office_id=office,
        office_name=office,
        seat_label=person or office,
        person_name=person,
        known_by="sole_occupant",
        started=started,
        heard_until=0.0,
    )


def person(id: str, name: str, role: str) -> Person:
    return Person(id=id, username=id, name=name, role=role, password_hash="", created_at=NOW)


def position(person: str, office: str) -> Position:
    return Position(id=person, person_id=person, office_id=office, title="")


@pytest.fixture
async def sessions(tmp_path: Path) -> AsyncIterator[Sessions]:
    """A meeting of the central office with all provinces but those of Papua; two people are invited."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'rakor.db'}"
    migrate(url)
    engine = make_engine(url)
    made = make_sessions(engine)
    async with made.begin() as session:
        await offices.ensure(session)
        meeting = Meeting(
            id="rapat", title="", state="open", zone="Asia/Jakarta", host_office_id="kpuri", starts_at=NOW
        )
        session.add(meeting)
        await session.flush()
        for office in offices.offices():
            if not office.id.startswith("papua"):
                session.add(MeetingOffice(meeting_id="rapat", office_id=office.id))
        session.add(person("a", "Agus Salim Batubara", "participant"))
        session.add(person("b", "Yohana Wenda", "participant"))
        session.add(person("c", "Citra Dewi", "chair"))
        session.add(person("d", "Dadang", "admin"))
        await session.flush()
        session.add_all([position("a", "bali"), position("b", "papua"), position("c", "kpuri"), position("d", "kpuri")])
    yield made
    await engine.dispose()


async def test_who_speaks_comes_first_then_who_is_there_then_who_is_invited(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        session.add_all([track("t1", "malut", "Ratna Wulandari", 1.0), track("t2", "kaltara", None, 2.0)])
        session.add_all([track("t3", "sumbar", "Wulan Prasetyo", 3.0), track("t4", "sumbar", "Wulan Prasetyo", 4.0)])
        found = await subject_of(session, (await session.get_one(Track, "t1")))
    assert found.title == "Rapat Koordinasi Dana Kampanye"
    assert list(found.people) == ["Ratna Wulandari", "Wulan Prasetyo", "Citra Dewi", "Agus Salim Batubara"]
    assert list(found.offices)[:5] == ["Maluku Utara", "Kalimantan Utara", "Sumatera Barat", "KPU RI", "KIP Aceh"]
    assert len(found.offices) == MOST_OFFICES


async def test_who_comes_back_first_after_an_outage_changes_nothing(sessions: Sessions) -> None:
    async def known(*people: str, at: float) -> list[str]:
        async with sessions.begin() as session:
            session.add_all(track(f"{each}{at}", "bali", each, at + n) for n, each in enumerate(people))
        async with sessions() as session:
            return list((await subject_of(session, await session.get_one(Track, f"Wulan{at}"))).people)

    before = await known("Wulan", "Bambang", "Ratna", at=0.0)
    assert await known("Ratna", "Wulan", "Bambang", at=100.0) == before
    assert before[:3] == ["Wulan", "Bambang", "Ratna"]


async def test_a_full_room_names_the_latest(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        session.add_all(track(f"t{n}", "bali", f"Peserta {n}", float(n)) for n in range(300))
        found = await subject_of(session, (await session.get_one(Track, "t7")))
    assert list(found.people) == ["Peserta 7", *(f"Peserta {301 - MOST_PEOPLE + n}" for n in range(MOST_PEOPLE - 1))]


async def test_a_lease_brings_the_words_of_its_meeting(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        session.add(track("t1", "kaltara", "Ratna Wulandari", 1.0))
    lease = await DatabaseRecord(sessions, Fts5Index()).lease("t1")
    for term in ("dana kampanye", "Ratna Wulandari", "Kalimantan Utara", "LADK"):
        assert term in lease.hints


async def test_a_meeting_nobody_knows_any_more_has_what_its_track_says(sessions: Sessions) -> None:
    async with sessions() as session:
        gone = track("t1", "kaltara", "Ratna Wulandari", 1.0)
        gone.meeting_id = "gone"
        found = await subject_of(session, gone)
    assert (list(found.people), list(found.offices)) == (["Ratna Wulandari"], ["kaltara"])
