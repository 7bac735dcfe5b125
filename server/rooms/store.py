"""`RoomStore` on the database: events, the tracks that begin with them, and what a room knows of its meeting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlmodel import col

from minutes.record import tracks
from minutes.record.models import Track
from server.db import Sessions
from server.followups import carrying
from server.meetings import repository
from server.meetings.models import Meeting
from server.rooms import codec
from server.rooms.carrying import left_over
from server.rooms.models import RoomEventRow
from server.rooms.ports import MeetingFacts, NewTrack
from server.rooms.room import replay
from server.rooms.state import Room
from server.rooms.words import RoomEvent
from server.rooms.words.agenda import Item
from server.rooms.words.door import Waits
from server.rooms.words.notes import Carried, CarriedSettled
from server.rooms.words.people import Office
from server.rooms.words.seats import Ended


class DatabaseStore:
    def __init__(self, sessions: Sessions, now: Callable[[], datetime]) -> None:
        self._sessions, self._now = sessions, now

    async def facts(self, meeting: str) -> MeetingFacts | None:
        """None when the meeting does not exist or was never opened."""
        async with self._sessions() as session:
            found = await session.get(Meeting, meeting)
            invited = await repository.invited(session, meeting)
            former = await session.get(Meeting, found.previous_id) if found is not None and found.previous_id else None
        if found is None or found.opened_at is None:
            return None
        agenda = tuple(Item(str(number), **item) for number, item in enumerate(found.agenda, 1))
        opened_at = found.opened_at.timestamp()
        return MeetingFacts(
            found.id,
            found.title,
            found.zone,
            found.classification,
            _date(found, found.opened_at),
            opened_at,
            agenda,
            tuple(Office(each.id, each.short_name) for each in invited),
            TypeAdapter(Waits).validate_python(found.waits),
            found.quorum,
            await self._left_over(former, found.classification) if former is not None else (),
        )

    async def _left_over(self, former: Meeting, classification: str) -> tuple[Carried, ...]:
        if former.opened_at is None:
            return ()
        room = replay(Room(), await self.load(former.id))
        taken = await self._taken(former, classification != "biasa")
        return left_over(room, former.id, former.title, _date(former, former.opened_at), taken)

    async def _taken(self, former: Meeting, restricted: bool) -> dict[str, tuple[Carried, ...]]:
        """What is open of signed notulas, of that meeting and of those before it."""
        async with self._sessions() as session:
            meetings = {each.id: each for each in await carrying.before(session, former)}
            found = await carrying.left(session, list(meetings), restricted)
        return {id: tuple(_carried(each, meetings[id]) for each in left) for id, left in found.items()}

    async def open_meetings(self) -> list[str]:
        async with self._sessions() as session:
            return await repository.open_ids(session)

    async def load(self, meeting: str) -> list[RoomEvent]:
        query = select(RoomEventRow).where(col(RoomEventRow.meeting_id) == meeting).order_by(col(RoomEventRow.id))
        async with self._sessions() as session:
            return [codec.from_row(row.type, row.body) for row in await session.scalars(query)]

    async def append(self, facts: MeetingFacts, events: Sequence[RoomEvent], track: NewTrack | None) -> None:
        now = self._now()
        async with self._sessions.begin() as session:
            for event in events:
                type_name, body = codec.to_row(event)
                session.add(RoomEventRow(meeting_id=facts.id, at=now, type=type_name, body=body))
                if isinstance(event, Ended):
                    await repository.mark_ended(session, facts.id, now)
                if isinstance(event, CarriedSettled):
                    await carrying.remark(session, event.carried, event.how, event.remark, facts.title, now)
            if track is not None:
                await tracks.create_track(session, _track(facts, track))


def _carried(left: carrying.Left, of: Meeting) -> Carried:
    date = _date(of, of.opened_at or of.starts_at)
    return Carried(left.id, left.text, left.who, left.due, of.title, date, left.done, left.offices)


def _date(meeting: Meeting, opened_at: datetime) -> str:
    """ISO date in the zone of the hosting office."""
    return opened_at.astimezone(ZoneInfo(meeting.zone)).date().isoformat()


def _track(facts: MeetingFacts, new: NewTrack) -> Track:
    """A shared seat is its office's: who spoke is not known until somebody says so."""
    who = new.occupant
    return Track(
        id=new.peer,
        meeting_id=facts.id,
        meeting_title=facts.title,
        meeting_date=facts.date,
        classification=facts.classification,
        seat_id=new.seat,
        office_id=who.office_id,
        office_name=who.office,
        seat_label=who.office if new.shared else who.name,
        person_id=None if new.shared else who.person,
        person_name=None if new.shared else who.name,
        position=None if new.shared else who.position,
        known_by="unassigned" if new.shared else "sole_occupant",
        shared=new.shared,
        started=new.started,
        # Not `started`: that is by the wall clock, sound is by media's. Nothing of a new peer can have been heard.
        heard_until=0.0,
    )
