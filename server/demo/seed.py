"""Demo data: offices, people, a meeting for now and one in the archive with its sound. Seeds an empty database only."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from minutes.record import tracks
from minutes.record.models import Track
from minutes.search.fts5 import Fts5Index
from minutes.speech.ports import Recognition, Utterance, Word
from server.auth import passwords
from server.auth.models import Person, Position
from server.auth.offices import CENTRE, ensure, offices
from server.db import Sessions
from server.demo.attended import attended
from server.demo.people import PASSWORD, PEOPLE, DemoPerson
from server.meetings.models import Meeting, MeetingOffice

FINISHED = Path(__file__).parent / "finished"
ARCHIVED = "demo-arsip"
TITLE = "Rapat Koordinasi Persiapan Penyelesaian Pelanggaran Administrasi dan Sengketa Pemilihan Tahun 2020"
HELD = datetime(2020, 7, 20, 2, 0, tzinfo=UTC)
LASTED = timedelta(seconds=211)


async def seed(sessions: Sessions, recordings: Path, now: datetime) -> bool:
    """False when there are people already: somebody's data is never touched."""
    async with sessions.begin() as session:
        if await session.scalar(select(Person).limit(1)) is not None:
            return False
        await ensure(session)
        hashed = passwords.hash_password(PASSWORD)
        session.add_all(_person(each, hashed, now) for each in PEOPLE)
        await session.flush()
        session.add_all(_position(each) for each in PEOPLE)
        await _coming_meeting(session, now)
        await _finished_meeting(session)
    shutil.copytree(FINISHED / "tracks", recordings / ARCHIVED, dirs_exist_ok=True)
    return True


def _person(described: DemoPerson, hashed: str, now: datetime) -> Person:
    return Person(
        id=f"demo-{described.username}",
        username=described.username,
        name=described.name,
        role=described.role,
        password_hash=hashed,
        created_at=now,
    )


def _position(described: DemoPerson) -> Position:
    """As long as the meeting in the archive knows them by."""
    return Position(
        id=f"demo-{described.username}",
        person_id=f"demo-{described.username}",
        office_id=described.office,
        title=described.position,
        valid_from=date(2020, 1, 2),
    )


# The usual order of a rakor, shortened.
AGENDA = [
    {"title": "Pembukaan", "presenter": "Pembawa acara", "minutes": 5, "recorded": True},
    {"title": "Menyanyikan lagu Indonesia Raya", "presenter": "", "minutes": 3, "recorded": False},
    {"title": "Pembacaan doa", "presenter": "", "minutes": 3, "recorded": False},
    {"title": "Paparan penyelesaian pelanggaran administrasi", "presenter": "", "minutes": 30, "recorded": True},
    {"title": "Diskusi dan tanya jawab", "presenter": "", "minutes": 45, "recorded": True},
    {"title": "Kesimpulan dan penutup", "presenter": "", "minutes": 10, "recorded": True},
]


async def _coming_meeting(session: AsyncSession, now: datetime) -> None:
    starts = now.replace(minute=now.minute // 5 * 5, second=0, microsecond=0)
    title = "Rapat Koordinasi Tindak Lanjut Penyelesaian Sengketa Pemilihan"
    await _meeting(
        session,
        Meeting(
            id="demo-hari-ini",
            title=title,
            state="scheduled",
            zone="Asia/Jakarta",
            host_office_id=CENTRE,
            starts_at=starts,
            agenda=AGENDA,
        ),
    )


async def _finished_meeting(session: AsyncSession) -> None:
    await _meeting(
        session,
        Meeting(
            id=ARCHIVED,
            title=TITLE,
            state="ended",
            zone="Asia/Jakarta",
            host_office_id=CENTRE,
            starts_at=HELD,
            opened_at=HELD,
            ended_at=HELD + LASTED,
        ),
    )
    await attended(session, ARCHIVED, PEOPLE, offices(), HELD, LASTED)
    described: dict[str, Any] = json.loads((FINISHED / "lines.json").read_text())
    by, index = Recognition(**described["by"]), Fts5Index()
    for number, (track, said) in enumerate(described["tracks"].items()):
        who = next(person for person in PEOPLE if track == f"demo-{person.username}")
        await tracks.create_track(session, _track(track, f"kursi-{number + 1}", who))
        token = (await tracks.take_lease(session, track)).token
        heard = [_utterance(each) for each in said]
        await tracks.store(session, track, token, LASTED.total_seconds(), heard, index, by)
        await tracks.finish(session, track, token)


async def _meeting(session: AsyncSession, meeting: Meeting) -> None:
    """Every province that there was then: those of Papua's provinces that are younger are not invited."""
    session.add(meeting)
    await session.flush()
    invited = [each.id for each in offices() if each.id != CENTRE and each.valid_on(meeting.starts_at.date())]
    session.add_all(MeetingOffice(meeting_id=meeting.id, office_id=office) for office in invited)


def _track(track: str, seat: str, who: DemoPerson) -> Track:
    office = next(each for each in offices() if each.id == who.office)
    return Track(
        id=track,
        meeting_id=ARCHIVED,
        meeting_title=TITLE,
        meeting_date=HELD.date().isoformat(),
        classification="biasa",
        seat_id=seat,
        office_id=office.id,
        office_name=office.short_name,
        seat_label=who.name,
        person_id=f"demo-{who.username}",
        person_name=who.name,
        position=who.position,
        known_by="sole_occupant",
        started=0.0,
        heard_until=0.0,
        revised=True,
    )


def _utterance(said: dict[str, Any]) -> Utterance:
    words = tuple(Word(*word) for word in said["words"])
    return Utterance(said["start"], said["end"], said["text"], words, said["prompt"])
