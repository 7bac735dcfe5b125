"""Corrections in the database. Functions work in the caller's transaction and commit nothing."""

from __future__ import annotations

from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.attendance.corrections import Change, Correction, Subject
from server.attendance.models import CorrectionRow
from server.auth.identity import Identity

_CHANGE = TypeAdapter(Change)


async def corrections(session: AsyncSession, meeting: str) -> list[Correction]:
    """All that were ever made, oldest first. Their numbers are places in this list, which only grows."""
    rows = await _rows(session, meeting)
    numbers = {row.id: number for number, row in enumerate(rows, 1)}
    return [_correction(row, number, numbers.get(row.withdraws)) for number, row in enumerate(rows, 1)]


async def add(
    session: AsyncSession, meeting: str, subject: Subject, change: Change, reason: str, who: Identity, now: datetime
) -> None:
    await _add(session, meeting, subject, change, None, reason, who, now)


async def withdraw(session: AsyncSession, meeting: str, number: int, reason: str, who: Identity, now: datetime) -> None:
    """`number` is that of a correction of this meeting."""
    row = (await _rows(session, meeting))[number - 1]
    subject = _subject(row)
    await _add(session, meeting, subject, Change(), row.id, reason, who, now)


async def _rows(session: AsyncSession, meeting: str) -> list[CorrectionRow]:
    query = select(CorrectionRow).where(col(CorrectionRow.meeting_id) == meeting).order_by(col(CorrectionRow.id))
    return list(await session.scalars(query))


async def _add(
    session: AsyncSession,
    meeting: str,
    subject: Subject,
    change: Change,
    withdraws: int | None,
    reason: str,
    who: Identity,
    now: datetime,
) -> None:
    session.add(
        CorrectionRow(
            meeting_id=meeting,
            subject_kind=subject.kind,
            subject_id=subject.id,
            change=_CHANGE.dump_python(change, mode="json", exclude_none=True),
            withdraws=withdraws,
            reason=reason,
            by_id=who.id,
            by_name=who.name,
            by_position=who.position,
            at=now,
        )
    )
    await session.flush()


def _correction(row: CorrectionRow, number: int, withdraws: int | None) -> Correction:
    return Correction(
        number=number,
        subject=_subject(row),
        change=_CHANGE.validate_python(row.change),
        reason=row.reason,
        by=row.by_name,
        position=row.by_position,
        at=row.at,
        withdraws=withdraws,
    )


def _subject(row: CorrectionRow) -> Subject:
    return Subject("office" if row.subject_kind == "office" else "person", row.subject_id)
