"""What an approved notula rests on, out of the record: lines with the machine's first words, and the recording."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.notula.content import Content, cited
from minutes.notula.evidence import Recorded, Spoken, evidence
from minutes.record.editing import history
from minutes.record.editing.history import Entry
from minutes.record.editing.states import State
from minutes.record.models import Line, Track
from server.notulas.gathering import all_lines

Black = tuple[str, float, float]
"""A track, and from when to when, in meeting seconds."""


async def evidence_of(session: AsyncSession, content: Content, recordings: Sequence[Recorded]) -> dict[str, Any]:
    """`content` cites lines of its meeting only."""
    return evidence(await spoken(session, content.meeting_id), cited(content), recordings)


async def spoken(session: AsyncSession, meeting: str) -> list[Spoken]:
    """All lines of a meeting as they stand."""
    first: dict[str, Entry] = {}
    for entry in await history.of_meeting(session, meeting):
        first.setdefault(entry.line, entry)
    lines = await all_lines(session, meeting)
    black = blackened(lines)
    return [_spoken(line, first.get(line.id), black) for line in lines]


def blackened(lines: Sequence[Line]) -> list[Black]:
    """Where words of a transcript are blackened."""
    return [
        (line.track_id, float(word["start"]), float(word["end"]))
        for line in lines
        for word in line.words
        if word.get("redacted")
    ]


async def heard_no_more(session: AsyncSession, meeting: str) -> None:
    """No second hearing rewords these lines: one that is going on finds that its lease is old."""
    changed = {"revised": True, "token": Track.token + 1}
    await session.execute(update(Track).where(col(Track.meeting_id) == meeting, col(Track.complete)).values(changed))


def _spoken(line: Line, first: Entry | None, black: Sequence[Black]) -> Spoken:
    """What somebody split off was first heard as a part of another line: its own words then are the nearest to that."""
    then = first.before or first.after if first is not None else None
    return Spoken(
        id=line.id,
        seat=line.seat_id,
        office=line.office_name,
        speaker=line.person_name,
        position=line.position,
        start=round(line.start * 1000),
        end=round(line.end * 1000),
        text=line.text,
        heard=line.text if then is None or _touches(then, black) else then.text,
    )


def _touches(then: State, black: Sequence[Black]) -> bool:
    """Whether words were said then that are blackened now, here or in a line that was split off."""
    return any(track == then.track_id and start < then.end and end > then.start for track, start, end in black)
