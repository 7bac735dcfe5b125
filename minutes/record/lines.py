"""Lines: read in the order spoken, and given a speaker by hand where several people share a seat."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.record.errors import NoSuchLine, NotOneSeat
from minutes.record.models import HeardBy, Line


@dataclass(frozen=True, slots=True)
class Transcript:
    """A stretch of a meeting's lines; `next` is the id to go on after, None at the end."""

    lines: tuple[Line, ...]
    next: str | None


async def get_line(session: AsyncSession, line_id: str) -> Line:
    """Raises `NoSuchLine`."""
    found: Line | None = await session.scalar(select(Line).where(col(Line.id) == line_id))
    if found is None:
        raise NoSuchLine(line_id)
    return found


async def heard_by(session: AsyncSession, line: Line) -> HeardBy | None:
    """By what a line was heard; None where nobody kept it."""
    return await session.get(HeardBy, line.heard_by) if line.heard_by is not None else None


async def transcript(session: AsyncSession, meeting_id: str, after: str | None, limit: int) -> Transcript:
    """Lines by time. Raises `NoSuchLine` when `after` names none of this meeting: of others' nothing is told."""
    query = select(Line).where(col(Line.meeting_id) == meeting_id)
    if after is not None:
        last = await get_line(session, after)
        if last.meeting_id != meeting_id:
            raise NoSuchLine(after)
        query = query.where(tuple_(col(Line.start), col(Line.number)) > (last.start, last.number))
    query = query.order_by(col(Line.start), col(Line.number)).limit(limit + 1)
    found = list((await session.scalars(query)).all())
    return Transcript(tuple(found[:limit]), found[limit - 1].id if len(found) > limit else None)


async def count_lines(session: AsyncSession, meeting_ids: list[str]) -> dict[str, int]:
    """Lines by meeting; a meeting without any is absent."""
    meeting = col(Line.meeting_id)
    query = select(meeting, func.count()).where(meeting.in_(meeting_ids)).group_by(meeting)
    return {row[0]: row[1] for row in (await session.execute(query)).all()}


async def name_speaker(session: AsyncSession, line_id: str, name: str, position: str) -> Line:
    """Say who spoke. Only a shared seat's line may be named: elsewhere the seat is the person.

    Raises `NoSuchLine`, `NotOneSeat`.
    """
    line = await get_line(session, line_id)
    if line.known_by == "sole_occupant":
        raise NotOneSeat(line_id)
    line.person_name, line.position, line.known_by = name, position, "named_by_hand"
    await session.flush()
    return line
