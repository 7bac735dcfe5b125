"""Meetings in the database. Functions work in the caller's transaction and commit nothing."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.auth.identity import Identity
from server.auth.models import Office
from server.auth.offices import IN_ORDER
from server.errors import BadRequest, NotFound
from server.meetings import policy
from server.meetings.models import EARLIEST, LATEST, Meeting, MeetingOffice
from server.rooms.models import RoomEventRow
from server.rooms.words.seats import SeatTaken

PAGE = 50


@dataclass(frozen=True, slots=True)
class Full:
    """A meeting with its offices; the hosting one first."""

    meeting: Meeting
    host: Office
    invited: tuple[Office, ...]


async def visible(session: AsyncSession, meeting_id: str, who: Identity) -> Full:
    """Raises `NotFound` also when it exists but is not theirs to see: that it exists is no one else's business."""
    meeting = await session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound("Rapat tidak ditemukan.")
    (full,) = await _with_offices(session, [meeting])
    if not policy.may_see(who, meeting, frozenset(office.id for office in full.invited)):
        raise NotFound("Rapat tidak ditemukan.")
    return full


async def readable(session: AsyncSession, meeting_id: str, who: Identity) -> Full:
    """Of which `who` may read what was said and done: a guest only where they were let in. Raises `NotFound`."""
    full = await visible(session, meeting_id, who)
    if who.role == "guest" and not await _was_there(session, meeting_id, who.id):
        raise NotFound("Jalannya rapat dapat Anda baca setelah diizinkan masuk.", code="not_let_in")
    return full


async def _was_there(session: AsyncSession, meeting: str, person: str) -> bool:
    seated = col(RoomEventRow.type) == SeatTaken.__name__
    theirs = col(RoomEventRow.body)["occupant"]["person"].as_string() == person
    query = select(col(RoomEventRow.id)).where(col(RoomEventRow.meeting_id) == meeting, seated, theirs)
    return (await session.scalar(query.limit(1))) is not None


async def listed(
    session: AsyncSession, who: Identity, state: str | None, cursor: str | None, own: bool = False
) -> tuple[list[Full], str | None]:
    """A page of what `who` may see: coming meetings soonest first, ended ones newest first.

    `own`: only what their office hosts.
    """
    query = select(Meeting).where(_seen_by(who))
    if state is not None:
        query = query.where(col(Meeting.state) == state)
    if own:
        query = query.where(col(Meeting.host_office_id) == (who.office.id if who.office is not None else ""))
    newest_first = state == "ended"
    at = tuple_(col(Meeting.starts_at), col(Meeting.id))
    if cursor is not None:
        last = _decode(cursor)
        query = query.where(at < last if newest_first else at > last)
    order = (col(Meeting.starts_at), col(Meeting.id))
    query = query.order_by(*(each.desc() if newest_first else each for each in order)).limit(PAGE + 1)
    found = list((await session.scalars(query)).all())
    following = _encode(found[PAGE - 1]) if len(found) > PAGE else None
    return await _with_offices(session, found[:PAGE]), following


async def visible_ids(session: AsyncSession, who: Identity) -> frozenset[str]:
    """Every meeting whose archive `who` may read."""
    if who.role == "guest" and not await _was_there(session, who.guest_of or "", who.id):
        return frozenset()
    return frozenset((await session.scalars(select(col(Meeting.id)).where(_seen_by(who)))).all())


async def create(session: AsyncSession, meeting: Meeting, offices: Sequence[str]) -> None:
    """Raises `BadRequest` when an office does not exist, or not on the meeting's day."""
    known = await known_offices(session, offices, meeting.starts_at.astimezone(ZoneInfo(meeting.zone)).date())
    session.add(meeting)
    await session.flush()
    session.add_all(MeetingOffice(meeting_id=meeting.id, office_id=office) for office in sorted(known))


async def invited(session: AsyncSession, meeting: str) -> list[Office]:
    """In the order of lists."""
    query = select(Office).join(MeetingOffice, col(MeetingOffice.office_id) == col(Office.id))
    query = query.where(col(MeetingOffice.meeting_id) == meeting).order_by(*IN_ORDER)
    return list(await session.scalars(query))


async def known_offices(session: AsyncSession, offices: Sequence[str], day: date) -> set[str]:
    """Raises `BadRequest` when one does not exist, or not on `day`."""
    known = {each.id: each for each in await session.scalars(select(Office).where(col(Office.id).in_(offices)))}
    if missing := [office for office in offices if office not in known]:
        raise BadRequest(f"Kantor tidak dikenal: {missing[0]}", code="unknown_office")
    if others := [office.short_name for office in known.values() if not office.valid_on(day)]:
        named = ", ".join(sorted(others)[:3]) + (f" dan {len(others) - 3} lainnya" if len(others) > 3 else "")
        raise BadRequest(
            f"Tidak ada pada tanggal rapat: {named}. Hapus dari undangan, atau periksa tanggalnya.",
            code="office_not_valid",
        )
    return set(known)


async def mark_opened(session: AsyncSession, meeting: Meeting, now: datetime) -> None:
    meeting.state, meeting.opened_at = "open", now


async def mark_ended(session: AsyncSession, meeting_id: str, now: datetime) -> None:
    """Idempotent."""
    meeting = await session.get(Meeting, meeting_id)
    if meeting is not None and meeting.state != "ended":
        meeting.state, meeting.ended_at = "ended", now


async def open_ids(session: AsyncSession) -> list[str]:
    return list((await session.scalars(select(col(Meeting.id)).where(col(Meeting.state) == "open"))).all())


def _seen_by(who: Identity) -> ColumnElement[bool]:
    if who.role == "guest":
        return col(Meeting.id) == (who.guest_of or "")
    office = who.office.id if who.office is not None else ""
    invited = select(col(MeetingOffice.meeting_id)).where(col(MeetingOffice.office_id) == office)
    return or_(col(Meeting.host_office_id) == office, col(Meeting.id).in_(invited))


async def _with_offices(session: AsyncSession, meetings: Sequence[Meeting]) -> list[Full]:
    ids = [meeting.id for meeting in meetings]
    query = select(MeetingOffice.meeting_id, Office).join(Office, col(Office.id) == col(MeetingOffice.office_id))  # type: ignore[call-overload]
    rows = (await session.execute(query.where(col(MeetingOffice.meeting_id).in_(ids)).order_by(*IN_ORDER))).all()
    hosts = await session.scalars(
        select(Office).where(col(Office.id).in_({meeting.host_office_id for meeting in meetings}))
    )
    by_id = {office.id: office for office in hosts.all()}
    return [
        Full(
            meeting,
            by_id[meeting.host_office_id],
            tuple(office for meeting_id, office in rows if meeting_id == meeting.id),
        )
        for meeting in meetings
    ]


def _encode(meeting: Meeting) -> str:
    return base64.urlsafe_b64encode(f"{meeting.starts_at.isoformat()} {meeting.id}".encode()).decode()


def _decode(cursor: str) -> tuple[datetime, str]:
    try:
        at, _, meeting_id = base64.urlsafe_b64decode(cursor).decode().partition(" ")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError("no zone")
        if not EARLIEST <= moment < LATEST:
            raise ValueError("no meeting starts then")
        return moment, meeting_id
    except (ValueError, binascii.Error):
        raise BadRequest("Halaman daftar ini tidak ada.", code="bad_cursor") from None
