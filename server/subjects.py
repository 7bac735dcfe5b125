"""What a track's meeting is about and who is in it: for the words that a speech engine may expect."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.record.models import Track
from minutes.speech.lexicon import MOST_OFFICES, MOST_PEOPLE, Subject
from server.auth.models import Office, Person, Position
from server.auth.offices import IN_ORDER
from server.auth.positions import serving, today
from server.meetings.models import Meeting, MeetingOffice

PROVINCIAL = "KPU Provinsi "
_LOOKED_AT = 200  # latest tracks of a meeting: a bad line makes a new one every minute


async def subject_of(session: AsyncSession, track: Track) -> Subject:
    """As the meeting is now. Whoever speaks comes first, then who has a microphone, then who is invited."""
    seated = await _seated(session, track.meeting_id)
    offices = await _offices(session, track.meeting_id)
    called = [offices.get(each.office_id, each.office_name) if each.office_id else None for each in (track, *seated)]
    present = _latest(called[0], called[1:], MOST_OFFICES)
    here = _latest(track.person_name, [each.person_name for each in seated], MOST_PEOPLE)
    invited = await _people(session, track.meeting_id) if len(here) < MOST_PEOPLE else []
    return Subject(
        title=track.meeting_title,
        offices=_distinct([*present, *offices.values()], MOST_OFFICES),
        people=_distinct([*here, *invited], MOST_PEOPLE),
    )


async def _seated(session: AsyncSession, meeting: str) -> list[Track]:
    """Who has a microphone there or had one, the latest first."""
    query = select(Track).where(col(Track.meeting_id) == meeting)
    return list((await session.scalars(query.order_by(col(Track.started).desc()).limit(_LOOKED_AT))).all())


async def _offices(session: AsyncSession, meeting: str) -> dict[str, str]:
    """By id, the host first: how people call them."""
    found = await session.get(Meeting, meeting)
    host = found.host_office_id if found is not None else ""
    invited = select(col(MeetingOffice.office_id)).where(col(MeetingOffice.meeting_id) == meeting)
    query = select(Office).where((col(Office.id) == host) | col(Office.id).in_(invited))
    offices = (await session.scalars(query.order_by(col(Office.id) != host, *IN_ORDER))).all()
    return {office.id: spoken_name(office) for office in offices}


async def _people(session: AsyncSession, meeting: str) -> list[str]:
    """Of the offices that are invited, as on the meeting's day; whoever may lead first."""
    found = await session.get(Meeting, meeting)
    if found is None:
        return []
    invited = select(col(MeetingOffice.office_id)).where(col(MeetingOffice.meeting_id) == meeting)
    query = serving(today(found.starts_at)).where(col(Position.office_id).in_(invited), col(Person.role) != "admin")
    rows = await session.execute(query.order_by(col(Person.role), col(Person.id)).limit(MOST_PEOPLE))
    return [person.name for person, _, _ in rows]


def spoken_name(office: Office) -> str:
    """A provincial office is called by its province."""
    province = office.name.removeprefix(PROVINCIAL)
    return province if province != office.name else office.short_name


def _latest(own: str | None, others: Iterable[str | None], most: int) -> list[str]:
    """Its own first, then the latest others by name: after an outage whoever comes back first changes nothing."""
    first, latest = _distinct([own], 1), _distinct([own, *others], most)
    return [*first, *sorted(name for name in latest if name not in first)]


def _distinct(names: Iterable[str | None], most: int) -> list[str]:
    return [name for name in dict.fromkeys(names) if name][:most]
