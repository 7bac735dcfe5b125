"""Secretariats are reminded by e-mail of what is due in their office, and of what is late. Never twice of the same.

What somebody is to be told is written down before the letter goes out, and what became of it after. A server that is
killed between the two cannot know, and does not send again: better one reminder too few than the same one twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.auth.models import Office, Person, Position
from server.auth.positions import as_placed, serving, today
from server.db import Sessions
from server.followups.dates import BEFORE, days_left, occasion
from server.followups.letters import Due, write
from server.followups.mail import Carrier, Handed, Letter, NoRelay, Post
from server.followups.models import FollowUpRow, ItemRow, ReminderRow
from server.followups.rules import OPEN
from server.meetings.models import Meeting

EVERY_S = 600.0
MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=15)
"""Doubled with every attempt: the eighth comes a day and a half after the first."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Reader:
    id: str
    name: str
    email: str
    office: Office


class Reminders:
    """Looks every ten minutes; a look that finds nobody costs two queries."""

    def __init__(self, sessions: Sessions, post: Post | None, now: Callable[[], datetime]) -> None:
        self._sessions, self._post, self._now = sessions, post, now
        self._task: asyncio.Task[None] | None = None

    def run(self) -> None:
        if self._post is not None:
            self._task = asyncio.create_task(self._go_on(), name="reminders")

    async def close(self) -> None:
        """A letter that is being handed over is let go: whether it was taken is unsure, and it is not sent again."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.wait([task])

    async def _go_on(self) -> None:
        await self.forget()
        while True:
            try:
                await self.remind()
            except Exception:
                logger.exception("reminders could not be sent")
            await asyncio.sleep(EVERY_S)

    async def forget(self) -> None:
        """After a start: letters of which the last server did not live to hear. They are not sent again."""
        begun = col(ReminderRow.state) == "sending"
        async with self._sessions.begin() as session:
            await session.execute(update(ReminderRow).where(begun).values(state=Handed.UNSURE))

    async def remind(self) -> int:
        """One look: how many letters were taken by the mail server."""
        if self._post is None:
            return 0
        now = self._now()
        async with self._sessions() as session:
            wanted = await _wanted(session, now)
        letters = [
            (reader, due, write(reader.email, reader.name, reader.office.short_name, due, self._post.home))
            for reader, due in wanted
        ]
        return await self._send(letters, now) if letters else 0

    async def _send(self, letters: Sequence[tuple[_Reader, list[Due], Letter]], now: datetime) -> int:
        """Letter by letter: what is begun is written down before, and its outcome after."""
        assert self._post is not None
        carrier, sent = Carrier(self._post.relay, self._post.sender, self._post.context), 0
        try:
            await asyncio.to_thread(carrier.open)
            for reader, due, letter in letters:
                await self._note(reader, due, "sending", now)
                outcome = await asyncio.to_thread(carrier.hand, letter)
                await self._note(reader, due, outcome, now)
                sent += outcome is Handed.SENT
                if carrier.lost:
                    break
        except NoRelay as error:
            logger.warning("the mail server lets nobody in (%s); %d reminders wait", error, len(letters))
        except asyncio.CancelledError:
            carrier.abort()
            raise
        finally:
            await asyncio.to_thread(carrier.close)
        return sent

    async def _note(self, reader: _Reader, due: Sequence[Due], state: str, now: datetime) -> None:
        async with self._sessions.begin() as session:
            for each in due:
                key = (each.item, reader.id, each.occasion)
                row = await session.get(ReminderRow, key)
                if row is None:
                    row = ReminderRow(item_id=key[0], person_id=key[1], occasion=key[2], state=state, at=now)
                    session.add(row)
                row.state, row.at, row.again_at = state, now, None
                if state == "sending":
                    row.attempts += 1
                elif state == Handed.LATER:
                    row.again_at = now + FIRST_WAIT * 2 ** (row.attempts - 1)
                    row.state = Handed.REFUSED if row.attempts >= MOST_ATTEMPTS else state


async def _wanted(session: AsyncSession, now: datetime) -> list[tuple[_Reader, list[Due]]]:
    """Who is to be told of what now."""
    due: dict[str, list[Due]] = {}
    for item, parent, meeting, office in await _open(session, now):
        if parent.due is not None and (found := occasion(parent.due, office.zone, now)) is not None:
            left = days_left(parent.due, office.zone, now)
            due.setdefault(office.id, []).append(Due(item.id, found, parent.text, meeting.title, parent.due, left))
    readers = await _readers(session, set(due), now)
    told = await _told(session, {each.item for all_ in due.values() for each in all_}, now)
    found_ = []
    for reader in readers:
        new = [each for each in due[reader.office.id] if (each.item, reader.id, each.occasion) not in told]
        if new:
            found_.append((reader, new))
    return found_


async def _open(session: AsyncSession, now: datetime) -> list[Any]:
    soon = today(now) + timedelta(days=max(BEFORE) + 1)  # in the east it is tomorrow already
    query = select(ItemRow, FollowUpRow, Meeting, Office).select_from(ItemRow)
    query = query.join(FollowUpRow, col(FollowUpRow.id) == col(ItemRow.follow_up_id))
    query = query.join(Meeting, col(Meeting.id) == col(FollowUpRow.meeting_id))
    query = query.join(Office, col(Office.id) == col(ItemRow.office_id))
    query = query.where(col(ItemRow.status).in_(OPEN), col(FollowUpRow.due) <= soon)
    return list((await session.execute(query)).all())


async def _readers(session: AsyncSession, offices: set[str], now: datetime) -> list[_Reader]:
    """The secretariats that serve there today and have an address."""
    day = today(now)
    query = serving(day).where(
        col(Person.role) == "secretariat",
        col(Person.email) != "",
        col(Person.disabled).is_(False),
        col(Position.office_id).in_(offices),
    )
    found = [as_placed(row, day) for row in await session.execute(query.order_by(col(Person.id)))]
    return [_Reader(each.person.id, each.person.name, each.person.email, each.office) for each in found]


async def _told(session: AsyncSession, items: set[str], now: datetime) -> set[tuple[str, str, str]]:
    """What is over and done with: sent, refused, unsure, on its way, or to be tried again later than now."""
    rows = await session.scalars(select(ReminderRow).where(col(ReminderRow.item_id).in_(items)))
    return {
        (row.item_id, row.person_id, row.occasion)
        for row in rows
        if row.state != Handed.LATER or (row.again_at is not None and row.again_at > now)
    }
