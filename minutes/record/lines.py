"""Lines, read in the order spoken. What people do with them is `editing`."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.record import changes
from minutes.record.errors import NoSuchLine
from minutes.record.models import HeardBy, Line
from minutes.record.places import Place, place


@dataclass(frozen=True, slots=True)
class Transcript:
    """A stretch of a meeting's lines; `next` is where to go on, None at the end."""

    lines: tuple[Line, ...]
    next: str | None
    change: int  # the newest that is told
    gone: tuple[str, ...]  # ids of lines that are no more


@dataclass(frozen=True, slots=True)
class Brief:
    id: str
    version: int
    text: str


async def briefs(session: AsyncSession, meeting_id: str) -> list[Brief]:
    """What every line of a meeting says, in the order spoken."""
    query = select(col(Line.id), col(Line.version), col(Line.text)).where(col(Line.meeting_id) == meeting_id)
    rows = await session.execute(query.order_by(col(Line.start), col(Line.number)))
    return [Brief(*row) for row in rows.all()]


async def get_line(session: AsyncSession, line_id: str) -> Line:
    """Raises `NoSuchLine`."""
    found: Line | None = await session.scalar(select(Line).where(col(Line.id) == line_id))
    if found is None:
        raise NoSuchLine(line_id)
    return found


async def heard_by(session: AsyncSession, line: Line) -> HeardBy | None:
    """By what a line was heard; None where nobody kept it."""
    return await session.get(HeardBy, line.heard_by) if line.heard_by is not None else None


async def transcript(
    session: AsyncSession, meeting_id: str, after: str | None, limit: int, since: int | None = None
) -> Transcript:
    """At most `limit` lines by time, and those that have come in front of them since the page before.

    `after`: `next` of the page before, or the id of a line. `since`: only what changed after that change. Raises
    `NoSuchLine` when `after` names none of this meeting: of others' nothing is told.
    """
    now = await changes.newest(session, meeting_id)  # before the lines: what comes meanwhile is told again, not missed
    query = select(Line).where(col(Line.meeting_id) == meeting_id).order_by(col(Line.start), col(Line.number))
    if since is not None:
        query = query.where(col(Line.id).in_(changes.changed(meeting_id, since)))
    late: list[Line] = []
    if after is not None:
        here = await place(session, meeting_id, after, now)
        behind = tuple_(col(Line.start), col(Line.number)) > (here.start, here.number)
        come = col(Line.id).in_(changes.come_before(meeting_id, here.as_of, here.start))
        late = list((await session.scalars(query.where(~behind, come))).all())
        query = query.where(behind)
    found = list((await session.scalars(query.limit(limit + 1))).all())
    gone = await changes.gone(session, meeting_id, since) if since is not None else []
    return Transcript((*late, *found[:limit]), _next(found, limit, now), now, tuple(gone))


def _next(found: list[Line], limit: int, now: int) -> str | None:
    if len(found) <= limit:
        return None
    last = found[limit - 1]
    return str(Place(last.start, last.number or 0, now))


async def count_lines(session: AsyncSession, meeting_ids: list[str]) -> dict[str, int]:
    """Lines by meeting; a meeting without any is absent."""
    meeting = col(Line.meeting_id)
    query = select(meeting, func.count()).where(meeting.in_(meeting_ids)).group_by(meeting)
    return {row[0]: row[1] for row in (await session.execute(query)).all()}
