"""A signed notula's follow-ups become items: one for every office that does it. An amended one is taken over the last.

Called in the transaction of the second signature. Statements are found again by id: what one says new is changed, what
came is added, what vanished is cancelled with the reason, and stands again where a later notula says it again.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.notula.content import Content, FollowUp
from server.auth.models import Office
from server.followups.models import ChangeRow, FollowUpRow, ItemRow
from server.followups.rules import Status
from server.meetings.models import Meeting
from server.meetings.repository import invited

GONE = "Tidak lagi dimuat dalam notula yang diralat."
OTHERS = "Satker ini tidak lagi disebut dalam notula yang diralat."
AGAIN = "Dimuat kembali dalam notula yang diralat."
REVOKED = "Notula dicabut."


async def take(session: AsyncSession, meeting: Meeting, content: Content, now: datetime) -> None:
    """Taking the same content twice changes nothing. In the caller's transaction."""
    known = {each.statement_id: each for each in await _taken(session, meeting.id)}
    offices = _Offices(meeting, await invited(session, meeting.id), await _existing(session, content))
    by = f"Notula {content.title}"
    for number, said in enumerate(content.follow_ups, 1):
        wanted = _fields(said, number, content, meeting)
        row = known.pop(said.id, None)
        if row is None:
            row = FollowUpRow(
                id=secrets.token_hex(8), meeting_id=meeting.id, statement_id=said.id, taken_at=now, **wanted
            )
            session.add(row)
            await session.flush()
            changes: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
        else:
            changes = _overwrite(row, wanted)
        await _fan_out(session, row, offices.of(said), changes, by, now)
    for row in known.values():
        await _vanish(session, row, GONE, by, now)
    await session.flush()


async def revoke(session: AsyncSession, meeting: Meeting, now: datetime) -> None:
    """The notula is no more, and what rests on it binds nobody. In the caller's transaction."""
    for row in await _taken(session, meeting.id):
        await _vanish(session, row, REVOKED, f"Notula {meeting.title}", now)
    await session.flush()


class _Offices:
    """Who does what a statement says; what names no office that there is, is for the host to see to."""

    def __init__(self, meeting: Meeting, invited: Iterable[Office], existing: frozenset[str]) -> None:
        self._host, self._existing = meeting.host_office_id, existing
        # An outside institution is asked, not directed: only where the notula names it.
        self._all = [each.id for each in invited if each.level != "instansi"]

    def of(self, said: FollowUp) -> list[str]:
        named = [each for each in said.offices if each in self._existing]
        everybody = self._all if said.all_offices else []
        return list(dict.fromkeys([*everybody, *named])) or [self._host]


async def _taken(session: AsyncSession, meeting: str) -> list[FollowUpRow]:
    return list(await session.scalars(select(FollowUpRow).where(col(FollowUpRow.meeting_id) == meeting)))


async def _existing(session: AsyncSession, content: Content) -> frozenset[str]:
    named = {office for each in content.follow_ups for office in each.offices}
    return frozenset(await session.scalars(select(col(Office.id)).where(col(Office.id).in_(named))))


def _fields(said: FollowUp, number: int, content: Content, meeting: Meeting) -> dict[str, Any]:
    return {
        "number": number,
        "text": said.text,
        "category": said.category,
        "priority": said.priority,
        "due": said.due,
        "owners": list(said.owners),
        "related": list(said.related),
        "source": _source(said.source, content),
        "cites": list(said.cites),
        "restricted": {meeting.classification, content.classification} != {"biasa"},
        "withdrawn": False,
    }


def _source(id: str, content: Content) -> dict[str, Any]:
    for number, decision in enumerate(content.decisions, 1):
        if decision.id == id:
            return {"kind": "decision", "number": number, "text": decision.text, "basis": list(decision.basis)}
    for number, direction in enumerate(content.directions, 1):
        if direction.id == id:
            return {"kind": "direction", "number": number, "text": direction.text, "basis": []}
    return {}


TOLD = ("text", "due", "category", "priority")
"""What the offices must learn when it changes."""


def _overwrite(row: FollowUpRow, wanted: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What changes for the offices: before, after."""
    before = {key: _plain(getattr(row, key)) for key in TOLD}
    for key, value in wanted.items():
        if getattr(row, key) != value:
            setattr(row, key, value)
    after = {key: _plain(getattr(row, key)) for key in TOLD}
    other = [key for key in TOLD if before[key] != after[key]]
    return {key: before[key] for key in other}, {key: after[key] for key in other}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else value.isoformat()


async def _fan_out(
    session: AsyncSession,
    row: FollowUpRow,
    offices: list[str],
    changes: tuple[dict[str, Any], dict[str, Any]],
    by: str,
    now: datetime,
) -> None:
    items = {each.office_id: each for each in await _items(session, row)}
    for office in offices:
        item = items.pop(office, None)
        if item is None:
            item = ItemRow(id=secrets.token_hex(8), follow_up_id=row.id, office_id=office, status=Status.NOT_STARTED)
            session.add(item)
            await session.flush()
            session.add(_change(item, "taken", "", {}, {}, by, now))
            continue
        if item.withdrawn:
            await _restore(session, item, by, now)
        if changes[1]:
            item.version += 1
            session.add(_change(item, "amended", "", *changes, by, now))
    for item in items.values():
        _end(session, item, OTHERS, by, now)


async def _vanish(session: AsyncSession, row: FollowUpRow, reason: str, by: str, now: datetime) -> None:
    row.withdrawn = True
    for item in await _items(session, row):
        _end(session, item, reason, by, now)


async def _items(session: AsyncSession, row: FollowUpRow) -> list[ItemRow]:
    return list(await session.scalars(select(ItemRow).where(col(ItemRow.follow_up_id) == row.id)))


def _end(session: AsyncSession, item: ItemRow, reason: str, by: str, now: datetime) -> None:
    if item.withdrawn:
        return
    before = {"status": item.status}
    item.status, item.withdrawn, item.version = Status.CANCELLED, True, item.version + 1
    session.add(_change(item, "withdrawn", reason, before, {"status": item.status}, by, now))


async def _restore(session: AsyncSession, item: ItemRow, by: str, now: datetime) -> None:
    """As it was when it vanished."""
    query = select(ChangeRow).where(col(ChangeRow.item_id) == item.id, col(ChangeRow.kind) == "withdrawn")
    ended = await session.scalar(query.order_by(col(ChangeRow.id).desc()).limit(1))
    before = {"status": item.status}
    item.status = str(ended.before["status"]) if ended is not None else Status.NOT_STARTED
    item.withdrawn, item.version = False, item.version + 1
    session.add(_change(item, "restored", AGAIN, before, {"status": item.status}, by, now))


def _change(
    item: ItemRow, kind: str, text: str, before: dict[str, Any], after: dict[str, Any], by: str, now: datetime
) -> ChangeRow:  # fmt: skip
    return ChangeRow(item_id=item.id, kind=kind, text=text, before=before, after=after, by_name=by, at=now)
