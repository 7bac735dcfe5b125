"""Edits done to the lines of a meeting, in one transaction with their index, their history and the change they are.

The order for a caller: `lock`, then `answered` for what was done before, then `make`. Nothing is committed here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from sqlalchemy import select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.record import changes
from minutes.record.editing import history, operations, states
from minutes.record.editing.edits import Edit, Merge, Name, Replace, Retext, Undo
from minutes.record.editing.operations import Changed
from minutes.record.editing.replacing import replaced
from minutes.record.editing.writing import write
from minutes.record.errors import EditIdTaken, LineChanged, NotNext, NotOneSeat, Unfit
from minutes.record.lines import get_line
from minutes.record.models import Edit as EditRow
from minutes.record.models import Line, LineEdit
from minutes.record.ports import LineIndex


@dataclass(frozen=True, slots=True)
class By:
    """Who edits, as they are on that day."""

    id: str
    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Asked:
    """`id`: made by who asks, the same when it is asked again. `body`: as it was asked for, whole. `at`: Unix seconds.

    `fresh`: id of a line that may come of it.
    """

    id: str
    edit: Edit
    body: Mapping[str, Any]
    by: By
    at: float
    fresh: str


@dataclass(frozen=True, slots=True)
class Done:
    """`lines`: those that it changed, as they stand now. `conflicts`: named and left as they were."""

    edit: str
    change: int
    lines: tuple[Line, ...]
    gone: tuple[str, ...]
    conflicts: tuple[Line, ...]


async def lock(session: AsyncSession) -> None:
    """Take SQLite's write lock before anything is read: what is read then stands until the commit."""
    await session.execute(update(Line).where(col(Line.id) == "").values(version=Line.version))


async def answered(session: AsyncSession, meeting_id: str, asked: Asked) -> Done | None:
    """What was done when it was asked before: a line broke, and the answer was lost. Raises `EditIdTaken`."""
    query = select(EditRow).where(col(EditRow.meeting_id) == meeting_id, col(EditRow.id) == asked.id)
    row: EditRow | None = await session.scalar(query)
    if row is None:
        return None
    if row.asked != dict(asked.body):
        raise EditIdTaken(asked.id)
    touched = await session.scalars(select(LineEdit).where(col(LineEdit.edit) == row.number))
    return await _told(session, row, [each.line_id for each in touched])


async def make(session: AsyncSession, meeting_id: str, asked: Asked, index: LineIndex) -> Done:
    """Do what is asked for. Raises `LineChanged`, `NoSuchEdit`, `Unfit`: then nothing has changed."""
    edit = asked.edit
    before = await history.of_edit(session, meeting_id, edit.edit) if isinstance(edit, Undo) else {}
    found = await lines_of(session, meeting_id, [*before, *_named(edit)])
    stand = {id: states.of(line) for id, line in found.items()}
    left: list[str] = []
    if isinstance(edit, Undo):
        changed = _taken_back(before, stand)
    elif isinstance(edit, Replace):
        changed, left = await asyncio.to_thread(_replaced, edit, stand)
    elif isinstance(edit, Merge):
        _unchanged(stand, (edit.line, edit.version), (edit.next, edit.next_version))
        if await _following(session, found[edit.line]) != edit.next:
            raise NotNext
        changed = operations.joined(edit, stand[edit.line], stand[edit.next])
    else:
        _unchanged(stand, (edit.line, edit.version))
        changed = operations.applied(edit, stand[edit.line], asked.fresh)
    await write(session, meeting_id, found, changed, index)
    row = await _keep(session, meeting_id, asked, left)
    session.add_all(history.rows(row, stand, changed))
    await session.flush()
    return await _told(session, row, changed)


async def name_shared(
    session: AsyncSession, line_id: str, name: str, position: str, by: By, at: float, index: LineIndex
) -> Done:
    """Say who spoke, whatever the line says by now. Only a shared seat's: elsewhere the seat is the person.

    The caller holds the lock. Raises `NoSuchLine`, `NotOneSeat`.
    """
    line = await get_line(session, line_id)
    if line.known_by == "sole_occupant":
        raise NotOneSeat(line_id)
    edit = Name(line_id, line.version, name, position)
    body = {"kind": "speaker", "line": line_id, "version": line.version, "name": name, "position": position}
    return await make(session, line.meeting_id, Asked(token_hex(8), edit, body, by, at, fresh=""), index)


async def lines_of(session: AsyncSession, meeting_id: str, ids: Iterable[str]) -> dict[str, Line]:
    """Those of a meeting's lines that there are, as the database has them now."""
    query = select(Line).where(col(Line.id).in_(set(ids)), col(Line.meeting_id) == meeting_id)
    found = await session.scalars(
        query.order_by(col(Line.start), col(Line.number)), execution_options={"populate_existing": True}
    )
    return {line.id: line for line in found}


def _named(edit: Edit) -> list[str]:
    """Ids of the lines that an edit names itself."""
    match edit:
        case Undo():
            return []
        case Replace(lines=lines):
            return [id for id, _ in lines]
        case Merge(line=line, next=following):
            return [line, following]
        case _:
            return [edit.line]


def _unchanged(stand: Mapping[str, states.State], *meant: tuple[str, int]) -> None:
    for id, version in meant:
        if id not in stand or stand[id].version != version:
            raise LineChanged(id)


def _taken_back(edit: history.Both, stand: Mapping[str, states.State]) -> Changed:
    """Its lines must say what it left: whatever happened since has been taken back itself."""
    now = {id: stand.get(id) for id in edit}
    for id, (_, after) in edit.items():
        if not states.same(now[id], after):
            raise LineChanged(id)
    return operations.undone({id: was for id, (was, _) in edit.items()}, now)


def _replaced(edit: Replace, stand: Mapping[str, states.State]) -> tuple[Changed, list[str]]:
    """What becomes of the lines that are still meant, and which are left."""
    changed: Changed = {}
    left = []
    for id, version in edit.lines:
        try:
            _unchanged(stand, (id, version))
            text = replaced(stand[id].text, edit.wanted, edit.put)
            changed |= operations.applied(Retext(id, version, text), stand[id], "")
        except (LineChanged, Unfit):
            left.append(id)
    return changed, left


async def _following(session: AsyncSession, line: Line) -> str | None:
    """The next line of the same seat."""
    query = select(col(Line.id)).where(col(Line.meeting_id) == line.meeting_id, col(Line.seat_id) == line.seat_id)
    query = query.where(tuple_(col(Line.start), col(Line.number)) > (line.start, line.number))
    found: str | None = await session.scalar(query.order_by(col(Line.start), col(Line.number)).limit(1))
    return found


async def _keep(session: AsyncSession, meeting_id: str, asked: Asked, left: list[str]) -> EditRow:
    row = EditRow(
        meeting_id=meeting_id,
        id=asked.id,
        kind=str(asked.body["kind"]),
        asked=dict(asked.body),
        by_id=asked.by.id,
        by_name=asked.by.name,
        by_position=asked.by.position,
        at=asked.at,
        change=await changes.newest(session, meeting_id),
        left=left,
    )
    session.add(row)
    await session.flush()
    return row


async def _told(session: AsyncSession, row: EditRow, touched: Iterable[str]) -> Done:
    touched = list(touched)
    found = await lines_of(session, row.meeting_id, [*touched, *row.left])
    return Done(
        edit=row.id,
        change=row.change,
        lines=tuple(line for id, line in found.items() if id in touched),
        gone=tuple(id for id in [*touched, *row.left] if id not in found),
        conflicts=tuple(line for id, line in found.items() if id in row.left),
    )
