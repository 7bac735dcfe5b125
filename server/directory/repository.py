"""Offices in the database. Functions work in the caller's transaction and commit nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.auth.models import Office, Person, Position
from server.auth.offices import IN_ORDER, valid
from server.auth.positions import serving
from server.directory.rules import OfficeEntry, Taken, office_faults
from server.errors import BadRequest, Conflict, NotFound
from server.meetings.models import Meeting, MeetingOffice

PAGE = 50
STALE = "Data ini sudah diubah orang lain sejak Anda membukanya. Muat ulang, lalu ulangi perubahan Anda."


@dataclass(frozen=True, slots=True)
class OfficesAsked:
    """`on` None: those of every time."""

    words: str = ""
    level: str = ""
    parent: str = ""
    on: date | None = None
    page: int = 1


async def listed(session: AsyncSession, asked: OfficesAsked) -> tuple[list[Office], int]:
    """A page of offices in the order of lists, and how many there are on all pages."""
    fits = and_(
        matches(asked.words, Office.name, Office.short_name, Office.code, Office.id),
        col(Office.level) == asked.level if asked.level else true(),
        or_(col(Office.parent_id) == asked.parent, col(Office.id) == asked.parent) if asked.parent else true(),
        valid(asked.on) if asked.on is not None else true(),
    )
    total = await session.scalar(select(func.count()).select_from(Office).where(fits)) or 0
    query = select(Office).where(fits).order_by(*IN_ORDER).limit(PAGE).offset((asked.page - 1) * PAGE)
    return list(await session.scalars(query)), total


async def every(session: AsyncSession) -> list[Office]:
    return list(await session.scalars(select(Office).order_by(*IN_ORDER)))


async def one(session: AsyncSession, office_id: str) -> Office:
    found = await session.get(Office, office_id)
    if found is None:
        raise NotFound("Satker ini tidak ada dalam direktori.")
    return found


async def parents(session: AsyncSession) -> dict[str, str | None]:
    """Every office, and the one above it."""
    rows = await session.execute(select(col(Office.id), col(Office.parent_id)))
    return {row[0]: row[1] for row in rows}


async def levels(session: AsyncSession) -> dict[str, str]:
    rows = await session.execute(select(col(Office.id), col(Office.level)))
    return {row[0]: row[1] for row in rows}


async def names(session: AsyncSession, ids: Sequence[str | None]) -> dict[str, str]:
    """Short names, by id."""
    query = select(col(Office.id), col(Office.short_name)).where(col(Office.id).in_({each for each in ids if each}))
    return {row[0]: row[1] for row in await session.execute(query)}


async def staff(session: AsyncSession, ids: Sequence[str], day: date) -> dict[str, int]:
    """How many serve there on `day`, by office; disabled accounts are not counted."""
    served = serving(day).where(col(Position.office_id).in_(ids), col(Person.disabled) == false())
    people = served.with_only_columns(col(Position.office_id), func.count()).group_by(col(Position.office_id))
    return {row[0]: row[1] for row in await session.execute(people)}


async def invited_by(session: AsyncSession, host: str) -> frozenset[str]:
    """Offices that any meeting of `host` invites."""
    query = select(col(MeetingOffice.office_id)).join(Meeting, col(Meeting.id) == col(MeetingOffice.meeting_id))
    return frozenset(await session.scalars(query.where(col(Meeting.host_office_id) == host).distinct()))


async def create(session: AsyncSession, entry: OfficeEntry) -> Office:
    """Raises `BadRequest` for a wrong entry and `Conflict` where the id, code or name is taken."""
    await _check(session, entry)
    if await session.get(Office, entry.id) is not None:
        raise Conflict(f"ID satker '{entry.id}' sudah dipakai.", code="office_taken")
    office = Office(**asdict(entry))
    session.add(office)
    await session.flush()
    return office


async def change(session: AsyncSession, entry: OfficeEntry, version: int) -> Office:
    """Raises `Conflict` when somebody else has changed it since `version`."""
    await claim(session, Office, entry.id, version)
    await _check(session, entry)
    return await overwrite(session, entry)


async def overwrite(session: AsyncSession, entry: OfficeEntry) -> Office:
    office = await one(session, entry.id)
    for field, value in asdict(entry).items():
        setattr(office, field, value)
    await session.flush()
    return office


async def claim(session: AsyncSession, kind: type[Office] | type[Person], id: str, version: int) -> None:
    """Of two who change the same the second is told. Raises `NotFound` and `Conflict`."""
    key, counter = col(kind.id), col(kind.version)
    done: Any = await session.execute(update(kind).where(key == id, counter == version).values(version=version + 1))
    if done.rowcount == 0:
        if await session.get(kind, id) is None:
            raise NotFound
        raise Conflict(STALE, code="stale")


def matches(words: str, *columns: Any) -> ColumnElement[bool]:
    """Every word stands in one of the columns; case and the shape of apostrophes do not count."""
    asked = [_plain(word) for word in words.split()]
    found = [or_(*(_simple(each).like(f"%{word}%", escape="\\") for each in columns)) for word in asked]
    return and_(true(), *found)


def _plain(word: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", re.sub("[’‘`]", "'", word.lower()))


def _simple(column: Any) -> Any:
    return func.replace(func.replace(func.lower(col(column)), "’", "'"), "‘", "'")


async def _check(session: AsyncSession, entry: OfficeEntry) -> None:
    for fault in office_faults(entry, await levels(session)):
        raise BadRequest(fault.detail, code=fault.code)
    if (other := Taken(entry_of(each) for each in await every(session)).by(entry)) is not None:
        raise Conflict(f"Nama, nama singkat atau kode ini sudah dipakai {other.name}.", code="office_taken")


def entry_of(office: Office) -> OfficeEntry:
    return OfficeEntry(**office.model_dump(exclude={"version"}))
