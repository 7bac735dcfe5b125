"""Follow-ups in the database. Functions work in the caller's transaction and commit nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.auth.identity import Identity
from server.auth.models import Office
from server.auth.offices import IN_ORDER
from server.directory.repository import matches
from server.errors import Conflict, NotFound
from server.followups import policy
from server.followups.dates import local_day
from server.followups.models import ChangeRow, EvidenceRow, FollowUpRow, ItemRow
from server.followups.rules import OPEN, Standing, Status
from server.meetings.models import Meeting

PAGE = 50
Scope = Literal["own", "all"]
"""What an office does itself, or what the meetings that it follows have left to all."""
Wanted = Literal[
    "", "open", "late", "unverified", "belum_mulai", "dalam_proses", "menunggu_pihak_lain", "selesai", "dibatalkan"
]
CHANGED = "Butir ini sudah diubah orang lain sejak Anda membukanya. Muat ulang, lalu ulangi perubahan Anda."


@dataclass(frozen=True, slots=True)
class Asked:
    """Which of them. `office` does it, `follow_up` is the item that it is a part of."""

    scope: Scope = "own"
    words: str = ""
    status: Wanted = ""
    category: str = ""
    meeting: str = ""
    follow_up: str = ""
    office: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    item: ItemRow
    follow_up: FollowUpRow
    meeting: Meeting
    office: Office
    evidence: int

    def standing(self) -> Standing:
        item = self.item
        return Standing(
            Status(item.status),
            item.percent,
            item.reported_by,
            item.verified_at is not None,
            self.evidence,
            item.withdrawn or self.follow_up.withdrawn,
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """How many offices have what status of one item of a notula."""

    follow_up: str
    level: str
    status: Status
    verified: bool
    late: bool
    count: int


async def listed(session: AsyncSession, who: Identity, asked: Asked, now: datetime, most: int = PAGE) -> list[Found]:
    """A page, what is late first, then what is due next, what is over last."""
    late = await _late(session, now)
    over = case((late, 0), (col(ItemRow.status).in_(OPEN), 1), (col(ItemRow.status) == Status.DONE, 2), else_=3)
    order = (over, col(FollowUpRow.due).asc().nulls_last(), col(Meeting.starts_at).desc(), col(FollowUpRow.number))
    query = _everything().where(_fits(who, asked, late)).order_by(*order, *IN_ORDER)
    rows = await session.execute(query.limit(most).offset((asked.page - 1) * most))
    return [Found(*row) for row in rows]


async def tallies(session: AsyncSession, who: Identity, asked: Asked, now: datetime) -> list[Tally]:
    """Of all that fits, whatever its status; what a page of `listed` shows is among them."""
    late = await _late(session, now)
    verified = col(ItemRow.verified_at).is_not(None)
    columns = (col(ItemRow.follow_up_id), col(Office.level), col(ItemRow.status), verified, late)
    counted: Any = select(*columns, func.count())
    query = _joined(counted).where(_fits(who, replace(asked, status=""), late))
    rows = await session.execute(query.group_by(*columns))
    return [Tally(row[0], row[1], Status(row[2]), bool(row[3]), bool(row[4]), row[5]) for row in rows]


async def count(session: AsyncSession, who: Identity, asked: Asked, now: datetime) -> int:
    query = _joined(select(func.count())).where(_fits(who, asked, await _late(session, now)))
    return int(await session.scalar(query) or 0)


async def follow_ups(session: AsyncSession, ids: set[str]) -> list[tuple[FollowUpRow, Meeting]]:
    query = select(FollowUpRow, Meeting).join(Meeting, col(Meeting.id) == col(FollowUpRow.meeting_id))
    return [(row[0], row[1]) for row in await session.execute(query.where(col(FollowUpRow.id).in_(ids)))]


async def visible(session: AsyncSession, item_id: str, who: Identity) -> Found:
    """Raises `NotFound` also when it is there but not theirs to see."""
    row = (await session.execute(_everything().where(col(ItemRow.id) == item_id))).first()
    found = Found(*row) if row is not None else None
    if found is None or not policy.may_see(
        who, found.item.office_id, found.meeting.host_office_id, found.follow_up.restricted
    ):
        raise NotFound("Butir tindak lanjut ini tidak ditemukan.")
    return found


async def claim(session: AsyncSession, item_id: str, version: int) -> None:
    """Of two who change the same the second is told. Raises `Conflict`."""
    mine = (col(ItemRow.id) == item_id, col(ItemRow.version) == version)
    done: Any = await session.execute(update(ItemRow).where(*mine).values(version=version + 1))
    if done.rowcount == 0:
        raise Conflict(CHANGED, code="follow_up_changed")
    session.expire_all()


async def history(session: AsyncSession, item_id: str) -> list[ChangeRow]:
    """The oldest first."""
    query = select(ChangeRow).where(col(ChangeRow.item_id) == item_id).order_by(col(ChangeRow.id))
    return list(await session.scalars(query))


async def evidence(session: AsyncSession, item_id: str) -> list[EvidenceRow]:
    """The oldest first; also what was taken away."""
    query = select(EvidenceRow).where(col(EvidenceRow.item_id) == item_id)
    return list(await session.scalars(query.order_by(col(EvidenceRow.at), col(EvidenceRow.id))))


async def siblings(session: AsyncSession, follow_up_id: str) -> list[tuple[str, Status]]:
    """Levels of the offices that the item is of, and how far each is."""
    query = select(col(Office.level), col(ItemRow.status)).join(ItemRow, col(ItemRow.office_id) == col(Office.id))
    rows = await session.execute(query.where(col(ItemRow.follow_up_id) == follow_up_id))
    return [(row[0], Status(row[1])) for row in rows]


def changed(
    item: ItemRow, kind: str, who: Identity, now: datetime, text: str, before: dict[str, Any], after: dict[str, Any]
) -> ChangeRow:  # fmt: skip
    """A row of the history, by somebody as they are today."""
    return ChangeRow(
        item_id=item.id,
        kind=kind,
        text=text,
        before=before,
        after=after,
        by_id=who.id,
        by_name=who.name,
        by_position=who.position,
        by_office=who.office.short_name if who.office is not None else "",
        at=now,
    )


def _everything() -> Select[Any]:
    shown = and_(col(EvidenceRow.item_id) == col(ItemRow.id), col(EvidenceRow.removed) == false())
    pieces = select(func.count()).where(shown).correlate(ItemRow).scalar_subquery()
    return _joined(select(ItemRow, FollowUpRow, Meeting, Office, pieces))


def _joined(query: Select[Any]) -> Select[Any]:
    query = query.select_from(ItemRow).join(FollowUpRow, col(FollowUpRow.id) == col(ItemRow.follow_up_id))
    query = query.join(Meeting, col(Meeting.id) == col(FollowUpRow.meeting_id))
    return query.join(Office, col(Office.id) == col(ItemRow.office_id))


def _fits(who: Identity, asked: Asked, late: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(
        _in_scope(who, asked.scope),
        _has_status(asked.status, late),
        matches(asked.words, FollowUpRow.text, Office.short_name, Office.name, Meeting.title),
        _is(FollowUpRow.category, asked.category),
        _is(FollowUpRow.meeting_id, asked.meeting),
        _is(ItemRow.follow_up_id, asked.follow_up),
        _is(ItemRow.office_id, asked.office),
    )


def _in_scope(who: Identity, scope: Scope) -> ColumnElement[bool]:
    """As `policy.may_see`, for many at once."""
    if who.office is None or who.role == "guest":
        return false()
    if scope == "own":
        return col(ItemRow.office_id) == who.office.id
    hosted = col(Meeting.host_office_id) == who.office.id
    return or_(hosted, col(FollowUpRow.restricted) == false()) if policy.is_central(who) else hosted


def _has_status(status: Wanted, late: ColumnElement[bool]) -> ColumnElement[bool]:
    if status == "late":
        return late
    if status == "open":
        return col(ItemRow.status).in_(OPEN)
    if status == "unverified":
        return and_(col(ItemRow.status) == Status.DONE, col(ItemRow.verified_at).is_(None))
    return col(ItemRow.status) == status if status else true()


async def _late(session: AsyncSession, now: datetime) -> ColumnElement[bool]:
    """As `dates.late`: the day that it is differs from zone to zone."""
    zones = await session.scalars(select(col(Office.zone)).distinct())
    passed = [and_(col(Office.zone) == zone, col(FollowUpRow.due) < local_day(now, zone)) for zone in zones]
    return and_(col(ItemRow.status).in_(OPEN), or_(false(), *passed))


def _is(column: Any, value: str) -> ColumnElement[bool]:
    return col(column) == value if value else true()
