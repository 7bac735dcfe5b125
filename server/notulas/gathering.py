"""What a notula is drafted from, out of the database: lines, the course of the meeting, who was there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.notula.content import NOBODY, NOT_COUNTED, AgendaPoint, Attendance, Attendee, Voting, Who
from minutes.notula.material import Item, Material, Noted, Office, Spoken
from minutes.record.models import Line
from server.attendance import wording
from server.attendance.listing import Listing
from server.attendance.persons import Person
from server.attendance.reading import listed
from server.auth import models as auth
from server.errors import NotFound
from server.meetings.repository import Full
from server.proceedings.course import Course, Outcome, Voted, course
from server.proceedings.store import happened
from server.rooms.state import Vote

MOST_ZONES = 16
NOTHING = Course((), (), (), (), 0)


async def gathered(session: AsyncSession, full: Full) -> Material:
    """Of a meeting that is over. Reads only."""
    meeting = full.meeting
    opened = meeting.opened_at or meeting.starts_at
    lines = await all_lines(session, meeting.id)
    log = await happened(session, meeting.id)
    told = course(log, opened.timestamp()) if log else NOTHING
    found = await _listed(session, full)
    people = _people(found)
    last = max([line.end for line in lines], default=0.0)
    return Material(
        meeting_id=meeting.id,
        title=meeting.title,
        opened=opened,
        ended=meeting.ended_at or opened + timedelta(seconds=last),
        zones=_zones(full, found),
        host=full.host.short_name,  # as lines name it
        host_city=_city(full.host),
        lines=tuple(_spoken(line) for line in lines),
        items=tuple(Item(each.title, each.start, each.end) for each in told.stretches if each.kind == "item"),
        agenda=tuple(AgendaPoint(title=each["title"], presenter=each["presenter"]) for each in meeting.agenda),
        noted=tuple(_noted(each) for each in told.outcomes if not each.note.withdrawn),
        votes=tuple(_voting(each) for each in told.votes if each.vote.closed and not each.vote.cancelled),
        offices=tuple(Office(each.id, each.name, each.short_name) for each in full.invited),
        attendance=_attendance(found, meeting.quorum),
        classification=meeting.classification,
        chair=_first(people, "chair"),
        moderator=_first(people, "moderator"),
        presenters=tuple(_who(*each) for each in people if each[1].role == "presenter"),
    )


async def all_lines(session: AsyncSession, meeting: str) -> list[Line]:
    """In the order spoken."""
    query = select(Line).where(col(Line.meeting_id) == meeting).order_by(col(Line.start), col(Line.number))
    return list(await session.scalars(query))


async def attendance(session: AsyncSession, full: Full) -> Attendance:
    """As it stands now, with what was corrected since."""
    return _attendance(await _listed(session, full), full.meeting.quorum)


async def _listed(session: AsyncSession, full: Full) -> Listing | None:
    try:
        _, found = await listed(session, full, full.meeting.ended_at or full.meeting.starts_at)
    except NotFound:
        return None
    return found


def _spoken(line: Line) -> Spoken:
    return Spoken(
        id=line.id,
        seat=line.seat_id,
        office_id=line.office_id,
        office=line.office_name,
        speaker=line.person_name,
        position=line.position,
        start=line.start,
        end=line.end,
        text=line.text,
        citations=tuple(line.citations),
    )


def _noted(outcome: Outcome) -> Noted:
    said = outcome.note.said
    return Noted(
        id=outcome.note.id,
        kind=said.kind,
        text=said.text,
        at=outcome.at,
        who=said.who,
        due=said.due,
        stage=said.stage,
        item=outcome.item,
    )


def _voting(voted: Voted) -> Voting:
    vote: Vote = voted.vote
    chosen: list[str] = [each.choice for each in vote.casts.values()]
    yes, no, abstain = (chosen.count(each) for each in ("agree", "disagree", "abstain"))
    return Voting(
        question=vote.question[:300],
        method="hands" if vote.method == "hands" else "roll",
        at=voted.at,
        yes=yes,
        no=no,
        abstain=abstain,
        silent=max(0, len(vote.roll) - len(chosen)),
    )


def _zones(full: Full, found: Listing | None) -> tuple[str, ...]:
    """Of the host, then of the offices that somebody was there for; of all invited where nobody was seen to attend."""
    there = {each.id for each in found.offices if each.people} if found is not None else None
    zones = [each.zone for each in full.invited if there is None or each.id in there]
    return tuple(dict.fromkeys([full.meeting.zone, *zones]))[:MOST_ZONES]


def _city(host: auth.Office) -> str:
    return "Jakarta" if host.level == "pusat" else ""


def _attendance(found: Listing | None, quorum: int) -> Attendance:
    if found is None:
        return NOT_COUNTED
    offices = found.of_offices
    rows = tuple(_attendee(*each) for each in _people(found))
    return Attendance(invited=offices.total, present=offices.attended, quorum=quorum, rows=rows)


def _attendee(office: str, person: Person) -> Attendee:
    return Attendee(
        office=office,
        name=person.name,
        position=person.position,
        role=wording.ROLES[person.role],
        status=wording.status(person.status, person.represented_by),
        minutes=round(person.minutes or 0),
    )


def _people(found: Listing | None) -> list[tuple[str, Person]]:
    """Everybody on the list, with the office under which they stand."""
    return [(office.name, person) for office in found.offices for person in office.people] if found is not None else []


def _first(people: Sequence[tuple[str, Person]], role: str) -> Who:
    return next((_who(*each) for each in people if each[1].role == role), NOBODY)


def _who(office: str, person: Person) -> Who:
    return Who(name=person.name, position=person.position, office=office)
