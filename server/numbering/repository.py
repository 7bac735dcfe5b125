"""Numbers in the database. Functions work in the caller's transaction and commit nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.auth.identity import Identity
from server.errors import BadRequest, Conflict
from server.meetings.models import Meeting
from server.numbering.models import LetterNumber, NumberCounter, NumberScheme
from server.numbering.templates import Scheme, by_hand, written

STALE = "Penomoran ini sudah diubah orang lain. Muat ulang, lalu ubah lagi."
TAKEN = "Nomor ini sudah dipakai surat lain dari kantor yang sama. Periksa buku agenda, lalu masukkan nomor lain."


async def scheme(session: AsyncSession, office: str) -> tuple[Scheme, int]:
    """With its version: 0 for an office that never entered one."""
    row = await session.get(NumberScheme, office)
    if row is None:
        return Scheme(), 0
    return Scheme(row.template, row.classification, row.unit, row.office, dict(row.codes)), row.version


async def keep(session: AsyncSession, office: str, wanted: Scheme, version: int) -> None:
    """Raises `Conflict` when somebody else has changed it since `version`."""
    values = {
        "template": wanted.template,
        "classification": wanted.classification,
        "unit": wanted.unit,
        "office": wanted.office,
        "codes": dict(wanted.codes),
        "version": version + 1,
    }
    if version == 0:
        added = insert(NumberScheme).values(office_id=office, **values).on_conflict_do_nothing()
        done: Any = await session.execute(added)
    else:
        key, counter = col(NumberScheme.office_id), col(NumberScheme.version)
        done = await session.execute(update(NumberScheme).where(key == office, counter == version).values(**values))
    if done.rowcount != 1:
        raise Conflict(STALE, code="stale")


async def last(session: AsyncSession, office: str, year: int) -> int:
    row = await session.get(NumberCounter, (office, year))
    return row.last if row is not None else 0


async def count_from(session: AsyncSession, office: str, year: int, following: int) -> None:
    """The next number is `following`. Raises `BadRequest` where that was taken: two letters would have one number."""
    counted = await _locked(session, office, year)
    if following <= counted:
        raise BadRequest(
            f"Nomor urut {counted} sudah dipakai tahun ini. Nomor berikutnya paling kecil {counted + 1}.",
            code="counted_already",
        )
    await _count(session, office, year, following - 1)


async def take(
    session: AsyncSession, meeting: Meeting, kind: str, manual: str, who: Identity, now: datetime
) -> LetterNumber:
    """The number of this paper: counted once, then always the same. `manual` "": the next one of the office.

    Raises `Conflict` when it has another one already, or another letter has this one.
    """
    day = now.astimezone(ZoneInfo(meeting.zone)).date()
    office = meeting.host_office_id
    counted = await _locked(session, office, day.year)
    wanted = by_hand(manual) if manual.strip() else ""
    if (held := await session.get(LetterNumber, (meeting.id, kind))) is not None:
        if wanted and wanted != held.number:
            raise Conflict(f"Naskah ini sudah bernomor {held.number}.", code="numbered")
        return held
    running = None
    if not wanted:
        chosen, _ = await scheme(session, office)
        running, wanted = await _free(session, office, chosen, kind, counted, day)
        await _count(session, office, day.year, running)
    elif await _is_taken(session, office, wanted):
        raise Conflict(TAKEN, code="number_taken")
    row = LetterNumber(
        meeting_id=meeting.id,
        kind=kind,
        office_id=office,
        number=wanted,
        running=running,
        by_id=who.id,
        by_name=who.name,
        at=now,
    )
    session.add(row)
    await session.flush()
    return row


async def numbers(session: AsyncSession, meeting: str) -> Sequence[LetterNumber]:
    query = select(LetterNumber).where(col(LetterNumber.meeting_id) == meeting).order_by(col(LetterNumber.kind))
    return list(await session.scalars(query))


async def _free(
    session: AsyncSession, office: str, chosen: Scheme, kind: str, counted: int, day: date
) -> tuple[int, str]:
    """The next one that nobody has entered by hand."""
    running = counted + 1
    while await _is_taken(session, office, text := written(chosen, kind, running, day)):
        running += 1
    return running, text


async def _is_taken(session: AsyncSession, office: str, number: str) -> bool:
    query = select(col(LetterNumber.kind)).where(
        col(LetterNumber.office_id) == office, col(LetterNumber.number) == number
    )
    return (await session.scalar(query.limit(1))) is not None


async def _locked(session: AsyncSession, office: str, year: int) -> int:
    """How far was counted. Writing first takes the database's write lock: nobody else counts until it is committed."""
    counter = insert(NumberCounter).values(office_id=office, year=year, last=0)
    touched = counter.on_conflict_do_update(
        index_elements=["office_id", "year"], set_={"last": col(NumberCounter.last)}
    )
    await session.execute(touched)
    return await last(session, office, year)


async def _count(session: AsyncSession, office: str, year: int, running: int) -> None:
    key = (col(NumberCounter.office_id) == office) & (col(NumberCounter.year) == year)
    await session.execute(update(NumberCounter).where(key).values(last=running))
