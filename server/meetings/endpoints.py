"""Meetings: create, list, open, end, invite."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fastapi import APIRouter, Query, Request
from sqlalchemy.ext.asyncio import AsyncSession

from media.errors import MediaError
from minutes.notula import versions
from minutes.notula.workflow import State
from minutes.record import lines, revision, tracks
from server.auth.identity import Identity
from server.auth.invitations import LASTS_S, Invitation, new_guest
from server.deps import Member, Organiser, Who, Wired
from server.errors import BadRequest, Conflict, Forbidden
from server.meetings import policy, repository
from server.meetings.models import Meeting
from server.meetings.repository import Full
from server.meetings.schemas import InvitationOut, MeetingOut, Meetings, NewInvitation, NewMeeting
from server.notulas.cases import OUTSIDE
from server.services import Services

router = APIRouter(prefix="/api/v1/meetings", tags=["Rapat"])


@router.get("", summary="Daftar rapat")
async def list_meetings(
    who: Who,
    services: Wired,
    state: Annotated[Literal["scheduled", "open", "ended"] | None, Query()] = None,
    cursor: Annotated[str | None, Query(max_length=300)] = None,
    own: Annotated[bool, Query(description="Only what the caller's office hosts")] = False,
) -> Meetings:
    """Only meetings the caller may see; coming ones soonest first, ended ones newest first."""
    async with services.sessions() as session:
        found, following = await repository.listed(session, who, state, cursor, own)
        return Meetings(items=await _out(session, services, who, found), next=following)


@router.post("", status_code=201, summary="Jadwalkan rapat")
async def create_meeting(given: NewMeeting, who: Organiser, services: Wired) -> MeetingOut:
    """The caller's office hosts."""
    assert who.office is not None
    meeting = Meeting(
        id=secrets.token_hex(8),
        title=given.title,
        state="scheduled",
        zone=known_zone(given.zone or who.office.zone),
        host_office_id=who.office.id,
        starts_at=given.starts_at,
        agenda=[item.model_dump() for item in given.agenda],
        waits=given.waits,
        quorum=given.quorum,
        previous_id=given.previous,
    )
    async with services.sessions.begin() as session:
        if given.previous is not None:
            await _follows(session, given.previous, who)
        await repository.create(session, meeting, given.offices)
    return await get_meeting(meeting.id, who, services)


@router.get("/{meeting_id}", summary="Satu rapat")
async def get_meeting(meeting_id: str, who: Who, services: Wired) -> MeetingOut:
    async with services.sessions() as session:
        full = await repository.visible(session, meeting_id, who)
        return (await _out(session, services, who, [full]))[0]


@router.post("/{meeting_id}/open", summary="Buka rapat")
async def open_meeting(meeting_id: str, who: Member, services: Wired) -> MeetingOut:
    """Meeting time begins. Opening an open meeting changes nothing."""
    async with services.sessions.begin() as session:
        meeting = (await repository.visible(session, meeting_id, who)).meeting
        _leading(who, meeting)
        if meeting.state == "ended":
            raise Conflict("Rapat sudah diakhiri.", code="meeting_ended")
        if meeting.state == "scheduled":
            await repository.mark_opened(session, meeting, services.now())
    await services.rooms.opened(meeting_id)
    return await get_meeting(meeting_id, who, services)


@router.post("/{meeting_id}/end", summary="Akhiri rapat untuk semua")
async def end_meeting(meeting_id: str, who: Member, services: Wired) -> MeetingOut:
    """Ending an ended meeting changes nothing."""
    async with services.sessions() as session:
        meeting = (await repository.visible(session, meeting_id, who)).meeting
    _leading(who, meeting)
    if meeting.state == "scheduled":
        raise Conflict("Rapat belum dibuka.", code="meeting_not_open")
    await services.rooms.ended(meeting_id)
    return await get_meeting(meeting_id, who, services)


@router.post("/{meeting_id}/invitations", status_code=201, summary="Undang tamu")
async def invite(
    meeting_id: str, given: NewInvitation, who: Member, services: Wired, request: Request
) -> InvitationOut:
    """A link for one guest, good for seven days and this meeting only."""
    async with services.sessions() as session:
        meeting = (await repository.visible(session, meeting_id, who)).meeting
    _leading(who, meeting)
    if meeting.state == "ended":
        raise Conflict("Rapat sudah diakhiri.", code="meeting_ended")
    token = services.invitations.write(Invitation(meeting_id, given.name, given.institution, new_guest()))
    base = services.settings.public_url.rstrip("/") or str(request.base_url).rstrip("/")
    return InvitationOut(url=f"{base}/undangan/{token}", expires_at=services.now() + timedelta(seconds=LASTS_S))


@router.get("/{meeting_id}/media", summary="Penghitung media")
async def media_counters(meeting_id: str, who: Member, services: Wired) -> dict[str, object]:
    """What `/metrics` counts of one open meeting, slot by slot; for chair, secretariat and administrators.

    `seats`: the seat of every peer. `server_lag_ms`: of the server's event loop, as `lag_ms` is of media's.
    """
    async with services.sessions() as session:
        meeting = (await repository.visible(session, meeting_id, who)).meeting
    if not policy.may_watch_media(who, meeting):
        raise Forbidden("Hanya pimpinan rapat, sekretariat penyelenggara atau administrator yang dapat melakukan ini.")
    room = services.rooms.room(meeting_id)
    seats = {seat.peer: seat.id for seat in room.state.seats.values() if seat.peer is not None}
    try:
        counted = await services.media.stats(meeting_id)
    except MediaError:
        raise Conflict("Media sedang dimulai ulang. Coba lagi sebentar.", code="media_down") from None
    return {**counted, "seats": seats, "server_lag_ms": services.lag.summary()}


async def _follows(session: AsyncSession, previous: str, who: Identity) -> None:
    """Raises `NotFound`, `Forbidden` and `Conflict`: only one's own office's meetings go on, once they are over."""
    meeting = (await repository.visible(session, previous, who)).meeting
    _leading(who, meeting)
    if meeting.state != "ended":
        raise Conflict("Rapat sebelumnya belum berakhir.", code="previous_not_ended")


def _leading(who: Identity, meeting: Meeting) -> None:
    if not policy.leads(who, meeting):
        raise Forbidden("Hanya pimpinan rapat atau sekretariat penyelenggara yang dapat melakukan ini.")


def known_zone(name: str) -> str:
    """Raises `BadRequest`."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadRequest("Zona waktu tidak dikenal.", code="unknown_zone") from None
    return name


async def _out(session: AsyncSession, services: Services, who: Identity, found: list[Full]) -> list[MeetingOut]:
    counts = await lines.count_lines(session, [full.meeting.id for full in found])
    notulas = await versions.states(session, [full.meeting.id for full in found])
    told = [await _described(session, services, who, full, counts.get(full.meeting.id, 0)) for full in found]
    return [
        each.model_copy(update={"notula": _seen(who, full.meeting, notulas.get(each.id, []))})
        for each, full in zip(told, found, strict=True)
    ]


def _seen(who: Identity, meeting: Meeting, states: list[State]) -> State | None:
    """Of the newest version that the caller may see: drafts are the host's own."""
    return next((each for each in reversed(states) if policy.leads(who, meeting) or each in OUTSIDE), None)


async def _described(session: AsyncSession, services: Services, who: Identity, full: Full, lines: int) -> MeetingOut:
    meeting = full.meeting.id
    complete = full.meeting.state == "ended" and await tracks.is_complete(session, meeting)
    again = await revision.revised_share(session, meeting) if complete and services.revising is not None else 1.0
    present = services.rooms.participants_now(meeting)
    return MeetingOut.of(full, who, present, lines, complete, again if again < 1 else None)
