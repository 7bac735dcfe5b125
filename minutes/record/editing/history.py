"""What was done with lines, kept row by row: the machine's words first, then every state that a person left.

A line that came of another, or took another up, has that one's history too, as far as it is its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import null, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.record.editing import states
from minutes.record.editing.operations import Changed
from minutes.record.editing.states import State
from minutes.record.errors import NoSuchEdit
from minutes.record.models import Edit, Line, LineEdit

Both = dict[str, tuple[State | None, State | None]]
"""Lines by id, before an edit and after it."""
Link = tuple[int, str, bool]
"""Number of an edit, id of a line in it, and whether that line came or went by it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one edit made of one line."""

    edit: Edit
    line: str
    before: State | None
    after: State | None


def rows(edit: Edit, before: Mapping[str, State], after: Changed) -> list[LineEdit]:
    assert edit.number is not None
    return [
        LineEdit(
            edit=edit.number,
            line_id=id,
            before=states.kept(before[id]) if id in before else None,
            after=states.kept(now) if now is not None else None,
        )
        for id, now in after.items()
    ]


async def of_edit(session: AsyncSession, meeting_id: str, edit_id: str) -> Both:
    """Raises `NoSuchEdit`."""
    number = await session.scalar(
        select(col(Edit.number)).where(col(Edit.meeting_id) == meeting_id, col(Edit.id) == edit_id)
    )
    if number is None:
        raise NoSuchEdit(edit_id)
    found = await session.scalars(select(LineEdit).where(col(LineEdit.edit) == number))
    return {row.line_id: (_read(row.before), _read(row.after)) for row in found}


async def meeting_of(session: AsyncSession, line_id: str) -> str | None:
    """Of a line, also of one that is gone; None where there never was one."""
    there: str | None = await session.scalar(select(col(Line.meeting_id)).where(col(Line.id) == line_id))
    query = select(col(Edit.meeting_id)).join(LineEdit, col(LineEdit.edit) == col(Edit.number))
    return there or await session.scalar(query.where(col(LineEdit.line_id) == line_id).limit(1))


async def of_meeting(session: AsyncSession, meeting_id: str, lines: Iterable[str] | None = None) -> list[Entry]:
    """All of it, or that of some lines by their own ids, in the order in which it was done."""
    query = select(Edit, LineEdit).join(LineEdit, col(LineEdit.edit) == col(Edit.number))
    if lines is not None:
        query = query.where(col(LineEdit.line_id).in_(set(lines)))
    query = query.where(col(Edit.meeting_id) == meeting_id).order_by(col(Edit.number), col(LineEdit.line_id))
    found = await session.execute(query)
    return [Entry(edit, row.line_id, _read(row.before), _read(row.after)) for edit, row in found.all()]


async def of_line(session: AsyncSession, meeting_id: str, line: str) -> list[Entry]:
    """Of one line and of those it is made of, oldest first."""
    own = lineage(await links(session, meeting_id), line)
    entries = await of_meeting(session, meeting_id, {id for _, id in own})
    return [entry for entry in entries if (entry.edit.number, entry.line) in own]


async def links(session: AsyncSession, meeting_id: str) -> list[Link]:
    """Which lines were in which edits of a meeting, in their order; without what they said."""
    came_or_went = col(LineEdit.before).is_(null()) | col(LineEdit.after).is_(null())
    query = select(col(LineEdit.edit), col(LineEdit.line_id), came_or_went)
    query = query.join(Edit, col(LineEdit.edit) == col(Edit.number)).where(col(Edit.meeting_id) == meeting_id)
    return [
        (edit, id, bool(changed)) for edit, id, changed in await session.execute(query.order_by(col(LineEdit.edit)))
    ]


def lineage(links: Iterable[Link], line: str) -> set[tuple[int, str]]:
    """Of which edits and lines in them a line's history is made. PURE."""
    relatives, own = {line}, set()
    for edit, together in groupby(sorted(links, reverse=True), key=lambda link: link[0]):
        part = list(together)
        ids = {id for _, id, _ in part}
        if ids & relatives and any(changed for _, _, changed in part):
            relatives |= ids
        own |= {(edit, id) for id in ids & relatives}
    return own


def replayed(entries: Iterable[Entry]) -> dict[str, State | None]:
    """The last state of every line that was edited, told by its history alone. PURE.

    Raises `ValueError` where a state does not follow from the one before.
    """
    now: dict[str, State | None] = {}
    for entry in entries:
        if entry.line in now and now[entry.line] != entry.before:
            raise ValueError(f"edit {entry.edit.id} did not find line {entry.line} as it was left")
        now[entry.line] = entry.after
    return now


def _read(kept: dict[str, object] | None) -> State | None:
    return states.read(kept) if kept is not None else None
