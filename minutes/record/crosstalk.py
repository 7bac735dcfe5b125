"""When other seats speak during the lines that are read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.record.flags import Span
from minutes.record.models import Line

LONGEST_S = 60.0
"""No line lasts longer: how far back one may begin that is still being spoken. Utterances are cut before half of it."""

Talk = tuple[float, float, str]
"""Start, end and seat of a line."""


async def beside(session: AsyncSession, found: Sequence[Line]) -> list[list[Span]]:
    """For each of a meeting's lines, in the order spoken, when others speak. One query by the index of times."""
    if not found:
        return []
    first, last = found[0].start, max(line.end for line in found)
    query = select(col(Line.start), col(Line.end), col(Line.seat_id)).where(
        col(Line.meeting_id) == found[0].meeting_id,
        col(Line.start).between(first - LONGEST_S, last),
    )
    rows = await session.execute(query.order_by(col(Line.start)))
    talk: list[Talk] = [(start, end, seat) for start, end, seat in rows.all()]
    return others(talk, [(line.start, line.end, line.seat_id) for line in found])


def others(talk: Sequence[Talk], lines: Sequence[Talk]) -> list[list[Span]]:
    """For each of `lines` the parts of `talk`, sorted by start, that other seats say meanwhile. PURE."""
    starts = [start for start, _, _ in talk]
    return [
        [
            (start, end)
            for start, end, seat in talk[bisect_left(starts, line[0] - LONGEST_S) : bisect_left(starts, line[1])]
            if seat != line[2] and end > line[0]
        ]
        for line in lines
    ]
