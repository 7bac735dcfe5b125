"""What has changed in a meeting's record: whoever has read it once asks only for what they do not have.

All that one transaction changes is one change. Its number is taken under the write lock, so numbers are committed in
their order and none is missed.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.record.crosstalk import LONGEST_S
from minutes.record.models import Line, LineChange

Stood = tuple[str, float, float]
"""Id of a line, and where it stood: its start and end."""


def stood(lines: Sequence[Line]) -> list[Stood]:
    return [(line.id, line.start, line.end) for line in lines]


async def newest(session: AsyncSession, meeting_id: str) -> int:
    """Number of the last change; 0 where nothing is known to have changed."""
    query = select(func.max(LineChange.number)).where(col(LineChange.meeting_id) == meeting_id)
    return await session.scalar(query) or 0


async def note(session: AsyncSession, meeting_id: str, before: Sequence[Stood], now: Sequence[Line]) -> None:
    """Lines that stood somewhere `before` are gone or say something else `now`, others are new.

    The caller holds the write lock and has flushed.
    """
    places = {line.id: None for line in now} | {id: start for id, start, _ in before}
    spans = [(start, end) for _, start, end in [*before, *stood(now)]]
    if not spans:
        return
    beside = {id: start for id, start in await _beside(session, meeting_id, spans) if id not in places}
    number = await newest(session, meeting_id) + 1
    session.add_all(
        LineChange(meeting_id=meeting_id, number=number, line_id=id, was=was) for id, was in (places | beside).items()
    )
    await session.flush()


async def _beside(
    session: AsyncSession, meeting_id: str, spans: Sequence[tuple[float, float]]
) -> list[tuple[str, float]]:
    """Lines that are spoken meanwhile: what is doubtful in them depends on who else speaks."""
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    query = select(col(Line.id), col(Line.start), col(Line.end)).where(
        col(Line.meeting_id) == meeting_id, col(Line.start).between(first - LONGEST_S, last)
    )
    rows = (await session.execute(query)).all()
    return [(id, start) for id, start, end in rows if any(start < until and end > since for since, until in spans)]


def changed(meeting_id: str, since: int) -> Select[str]:
    """Ids of lines that are new, gone or different since a change."""
    return select(col(LineChange.line_id)).where(*_after(meeting_id, since))


def come_before(meeting_id: str, since: int, start: float) -> Select[str]:
    """Ids of lines that were not there, or started later than `start`, at some time since a change."""
    was = col(LineChange.was)
    return changed(meeting_id, since).where(was.is_(None) | (was > start))


async def gone(session: AsyncSession, meeting_id: str, since: int) -> list[str]:
    """Ids of lines that were there once and are no more."""
    there = select(col(Line.id)).where(col(Line.meeting_id) == meeting_id)
    query = changed(meeting_id, since).where(col(LineChange.line_id).not_in(there)).distinct()
    return list((await session.scalars(query)).all())


async def last_of(session: AsyncSession, meeting_id: str, line_id: str) -> LineChange | None:
    """The last change of a line; None where none is known."""
    query = select(LineChange).where(*_after(meeting_id, 0), col(LineChange.line_id) == line_id)
    found: LineChange | None = await session.scalar(query.order_by(col(LineChange.number).desc()).limit(1))
    return found


def _after(meeting_id: str, since: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(LineChange.meeting_id) == meeting_id, col(LineChange.number) > since
