"""Where somebody stands who reads a meeting's lines page by page.

A place is a time, not a line: a second hearing may take the last line that was read away, or move it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.record import changes
from minutes.record.errors import NoSuchLine
from minutes.record.models import Line

_WRITTEN = re.compile(r"(\d{1,15})_(\d{1,15})_(-?\d{1,9}(?:\.\d{1,20})?(?:e-\d{1,3})?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """Behind the line with this start and number, as the record was at the change `as_of`."""

    start: float
    number: int
    as_of: int

    def __str__(self) -> str:
        return f"{self.as_of}_{self.number}_{self.start!r}"


async def place(session: AsyncSession, meeting_id: str, after: str, now: int) -> Place:
    """What `after` names: a written place, or a line, also one that is gone. `now`: the newest change.

    Raises `NoSuchLine` when it is none of this meeting: of others' nothing is told.
    """
    written = _WRITTEN.fullmatch(after)
    if written is not None:
        return Place(float(written[3]), int(written[2]), int(written[1]))
    line = await session.scalar(select(Line).where(col(Line.id) == after, col(Line.meeting_id) == meeting_id))
    if line is not None:
        return Place(line.start, line.number or 0, now)
    gone = await changes.last_of(session, meeting_id, after)
    if gone is None or gone.was is None:
        raise NoSuchLine(after)
    return Place(gone.was, 0, gone.number - 1)
