"""The attendance list of a meeting: read, printed, and corrected by the secretariat."""

from __future__ import annotations

import asyncio
import secrets
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from server.archive.telling import told
from server.attendance import policy, repository, sending
from server.attendance.correcting import Period, wanted, withdrawable
from server.attendance.document import document
from server.attendance.facts import Facts, changed_at, digest
from server.attendance.listing import Listing
from server.attendance.reading import listed
from server.attendance.schemas import Attendance, NewCorrection, NewWithdrawal
from server.attendance.spreadsheet import as_csv
from server.auth.identity import Identity
from server.deps import Member, Wired
from server.errors import Forbidden
from server.meetings import repository as meetings
from server.meetings.models import Meeting
from server.printing.printer import Kind
from server.services import Services

router = APIRouter(prefix="/api/v1/meetings/{meeting_id}/attendance", tags=["Daftar hadir"])
Format = Literal["json", "csv", "xlsx", "pdf"]
FORMATS: dict[int | str, dict[str, Any]] = {
    200: {"content": {each: {} for each in sending.TYPES.values()}},
    304: {"description": "Unchanged"},
    503: {"description": "`busy`: too many files are being made"},
}


@router.get("", summary="Daftar hadir", response_model=Attendance, responses=FORMATS)
async def attendance(
    meeting_id: str,
    who: Member,
    services: Wired,
    request: Request,
    format: Annotated[Format, Query(description="csv, xlsx: for spreadsheets; pdf: PDF/A-2a, PDF/UA-1")] = "json",
) -> Response:
    """Who was there, office by office: as measured, and as it stands with the corrections of the secretariat.

    While the meeting goes on, up to now. The same list is the same file, to the byte.
    """
    async with services.sessions() as session:
        meeting, facts, found = await _listed(session, meeting_id, who, services)
    if format == "json":
        return await told(await _answer(meeting, who, facts, found), request)
    return await _file(format, facts, found, services, request)


@router.post("/corrections", status_code=201, summary="Koreksi daftar hadir")
async def correct(meeting_id: str, given: NewCorrection, who: Member, services: Wired) -> Attendance:
    """By the secretariat of the hosting office, also when the meeting is over. Answers with the list as it is then."""
    async with services.sessions.begin() as session:
        facts, found = await _correctable(session, meeting_id, who, services)
        held = Period(facts.opened_at, facts.until)
        subject, change = wanted(found, given.kind, given.id, given.set.change(), f"added-{secrets.token_hex(6)}", held)
        await repository.add(session, meeting_id, subject, change, given.reason, who, services.now())
        return await _told(session, meeting_id, who, services)


@router.post("/corrections/{number}/withdrawal", status_code=201, summary="Cabut koreksi daftar hadir")
async def withdraw(meeting_id: str, number: int, given: NewWithdrawal, who: Member, services: Wired) -> Attendance:
    """What it said counts no more; both stay in the history. A withdrawal can be withdrawn."""
    async with services.sessions.begin() as session:
        _, found = await _correctable(session, meeting_id, who, services)
        withdrawable(found, number)
        await repository.withdraw(session, meeting_id, number, given.reason, who, services.now())
        return await _told(session, meeting_id, who, services)


async def _file(format: Format, facts: Facts, found: Listing, services: Services, request: Request) -> Response:
    printed = await asyncio.to_thread(document, facts, found)
    headers = sending.headers(f"daftar-hadir-{facts.meeting}", format, printed.sha256)
    if (unchanged := sending.known(request, headers)) is not None:
        return unchanged
    if format == "pdf" or format == "xlsx":
        kind: Kind = "list.pdf" if format == "pdf" else "list.xlsx"
        made = await services.printer.make(kind, printed, changed_at(facts, found))
    else:
        made = (await asyncio.to_thread(as_csv, found, facts.zone)).encode()
    return await sending.sent(made, format, request, headers)


async def _correctable(
    session: AsyncSession, meeting_id: str, who: Identity, services: Services
) -> tuple[Facts, Listing]:
    meeting = (await meetings.visible(session, meeting_id, who)).meeting
    if not policy.may_correct(who, meeting):
        raise Forbidden("Hanya sekretariat penyelenggara yang dapat mengoreksi daftar hadir.")
    _, facts, found = await _listed(session, meeting_id, who, services)
    return facts, found


async def _told(session: AsyncSession, meeting_id: str, who: Identity, services: Services) -> Attendance:
    meeting, facts, found = await _listed(session, meeting_id, who, services)
    return await _answer(meeting, who, facts, found)


async def _listed(
    session: AsyncSession, meeting_id: str, who: Identity, services: Services
) -> tuple[Meeting, Facts, Listing]:
    full = await meetings.visible(session, meeting_id, who)
    facts, found = await listed(session, full, services.now())
    return full.meeting, facts, found


async def _answer(meeting: Meeting, who: Identity, facts: Facts, found: Listing) -> Attendance:
    """In a thread: of hundreds of offices it takes a tenth of a second."""
    may = policy.may_correct(who, meeting)
    return await asyncio.to_thread(lambda: Attendance.of(meeting.id, found, may, digest(facts, found)))
