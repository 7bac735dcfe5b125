"""What happened in a meeting's room, with its times."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.proceedings.course import Moment
from server.rooms import codec
from server.rooms.models import RoomEventRow


async def happened(session: AsyncSession, meeting: str) -> list[Moment]:
    query = select(RoomEventRow).where(col(RoomEventRow.meeting_id) == meeting).order_by(col(RoomEventRow.id))
    return [(row.at.timestamp(), codec.from_row(row.type, row.body)) for row in await session.scalars(query)]
