"""What happened in a meeting's room, with its times."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.proceedings.course import Moment
from server.rooms import codec
from server.rooms.models import RoomEventRow
from server.rooms.words import RoomEvent


async def happened(session: AsyncSession, meeting: str, only: Sequence[type[RoomEvent]] = ()) -> list[Moment]:
    """All of it, or `only` events of these kinds."""
    query = select(RoomEventRow).where(col(RoomEventRow.meeting_id) == meeting).order_by(col(RoomEventRow.id))
    if only:
        query = query.where(col(RoomEventRow.type).in_([each.__name__ for each in only]))
    return [(row.at.timestamp(), codec.from_row(row.type, row.body)) for row in await session.scalars(query)]
