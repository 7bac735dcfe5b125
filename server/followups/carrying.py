"""What meetings left and offices still owe, for the meeting that goes on from them; and what that one found of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.auth.models import Office
from server.auth.offices import IN_ORDER
from server.followups.board import unit
from server.followups.models import ChangeRow, FollowUpRow, ItemRow
from server.followups.rules import OPEN, Status
from server.meetings.models import Meeting

MOST_NAMED = 3
MOST_BEFORE = 20  # meetings that go on one from the other: a year of them
MARK = "f-"
Found = Literal["open", "done", "dropped"]
_FOUND = {"open": "Belum selesai", "done": "Selesai", "dropped": "Tidak dilanjutkan"}


@dataclass(frozen=True, slots=True)
class Left:
    """An item that not all offices have done. `done` of `offices`, without those for which it is cancelled."""

    id: str
    text: str
    who: str
    due: str
    done: int
    offices: int


async def before(session: AsyncSession, meeting: Meeting) -> list[Meeting]:
    """The meeting and those that it goes on from, the last one first."""
    found = [meeting]
    while (previous := found[-1].previous_id) is not None and len(found) < MOST_BEFORE:
        former = await session.get(Meeting, previous)
        if former is None:
            break
        found.append(former)
    return found


async def left(session: AsyncSession, meetings: Sequence[str], restricted: bool) -> dict[str, tuple[Left, ...]]:
    """By meeting, of those whose follow-ups were taken from a signed notula; nothing open is an empty entry.

    `restricted`: whether the meeting that asks may hear of what is only for the host and who does it.
    """
    query = select(FollowUpRow).where(col(FollowUpRow.meeting_id).in_(meetings)).order_by(col(FollowUpRow.number))
    found: dict[str, tuple[Left, ...]] = {}
    for row in await session.scalars(query):
        known = found.setdefault(row.meeting_id, ())
        if row.restricted and not restricted:
            continue
        if (open_ := await _left(session, row)) is not None:
            found[row.meeting_id] = (*known, open_)
    return found


async def remark(
    session: AsyncSession, carried: str, how: Found, words: str, meeting: str, now: datetime
) -> None:  # fmt: skip
    """What `meeting` found of it, to every office that still owes it. What a room had only noted is let be."""
    of, _, id = carried.partition(":")
    if not id.startswith(MARK):
        return
    row = await session.get(FollowUpRow, id.removeprefix(MARK))
    if row is None or row.meeting_id != of:
        return
    text = f"{_FOUND[how]}. {words}".strip() if words else f"{_FOUND[how]}."
    owed = select(ItemRow).where(col(ItemRow.follow_up_id) == row.id, col(ItemRow.status).in_(OPEN))
    for item in await session.scalars(owed):
        session.add(ChangeRow(item_id=item.id, kind="meeting", text=text, by_name=meeting, at=now))


async def _left(session: AsyncSession, row: FollowUpRow) -> Left | None:
    query = select(ItemRow, Office).join(Office, col(Office.id) == col(ItemRow.office_id))
    query = query.where(col(ItemRow.follow_up_id) == row.id, col(ItemRow.status) != Status.CANCELLED)
    items = [(each[0], each[1]) for each in await session.execute(query.order_by(*IN_ORDER))]
    done = sum(item.status == Status.DONE for item, _ in items)
    if done == len(items):
        return None
    offices = [office for _, office in items]
    due = row.due.isoformat() if row.due else ""
    return Left(f"{row.meeting_id}:{MARK}{row.id}", row.text, _who(row, offices), due, done, len(offices))


def _who(row: FollowUpRow, offices: Sequence[Office]) -> str:
    """In words of the notula; else the offices, or how many they are."""
    if row.owners:
        return ", ".join(row.owners)
    if len(offices) <= MOST_NAMED:
        return ", ".join(each.short_name for each in offices)
    called = {"provinsi": "provinsi", "kabkota": "kabupaten/kota", "satker": "satker"}
    return f"{len(offices)} {called[unit(each.level for each in offices)]}"
