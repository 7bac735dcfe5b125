"""Numbers of letters: how an office writes them, and those that were taken."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession

from server.auth.identity import Identity
from server.auth.models import Office
from server.deps import Member, Wired
from server.errors import Forbidden, NotFound
from server.meetings import repository as meetings
from server.numbering import policy, repository
from server.numbering.schemas import NewNumber, NumberedKind, NumberOut, SchemeIn, SchemeOut
from server.numbering.templates import checked
from server.services import Services

router = APIRouter(prefix="/api/v1", tags=["Penomoran"])


@router.get("/offices/{office_id}/numbering", summary="Pola nomor surat satu satker")
async def numbering(office_id: str, who: Member, services: Wired) -> SchemeOut:
    """For the people of the office itself."""
    async with services.sessions() as session:
        return await _told(session, await _own(session, office_id, who), who, services)


@router.put("/offices/{office_id}/numbering", summary="Ubah pola nomor surat")
async def change(office_id: str, given: SchemeIn, who: Member, services: Wired) -> SchemeOut:
    """By its secretariat. Numbers that were taken stay as they are."""
    wanted = checked(given.scheme())
    async with services.sessions.begin() as session:
        office = await _own(session, office_id, who)
        if not policy.may_change(who, office_id):
            raise Forbidden("Hanya sekretariat kantor ini yang dapat mengubah pola nomornya.")
        await repository.keep(session, office_id, wanted, given.version)
        if given.following is not None:
            year = services.now().astimezone(ZoneInfo(office.zone)).year
            await repository.count_from(session, office_id, year, given.following)
        return await _told(session, office, who, services)


@router.get("/meetings/{meeting_id}/numbers", summary="Nomor naskah satu rapat")
async def numbers(meeting_id: str, who: Member, services: Wired) -> list[NumberOut]:
    async with services.sessions() as session:
        await meetings.visible(session, meeting_id, who)
        return [NumberOut.of(each) for each in await repository.numbers(session, meeting_id)]


@router.post("/meetings/{meeting_id}/numbers/{kind}", summary="Ambil nomor naskah")
async def take(meeting_id: str, kind: NumberedKind, given: NewNumber, who: Member, services: Wired) -> NumberOut:
    """By the secretariat of the hosting office: the next one, or one given elsewhere. Asked again, the same."""
    async with services.sessions.begin() as session:
        meeting = (await meetings.visible(session, meeting_id, who)).meeting
        if not policy.may_take(who, meeting):
            raise Forbidden("Hanya sekretariat penyelenggara yang dapat memberi nomor naskah.")
        return NumberOut.of(await repository.take(session, meeting, kind, given.number, who, services.now()))


async def _own(session: AsyncSession, office_id: str, who: Identity) -> Office:
    office = await session.get(Office, office_id)
    if office is None or not policy.may_read(who, office_id):
        raise NotFound("Satker ini tidak ada, atau penomorannya bukan untuk Anda.")
    return office


async def _told(session: AsyncSession, office: Office, who: Identity, services: Services) -> SchemeOut:
    scheme, version = await repository.scheme(session, office.id)
    day = services.now().astimezone(ZoneInfo(office.zone)).date()
    counted = await repository.last(session, office.id, day.year)
    return SchemeOut.of(scheme, counted, day, version, policy.may_change(who, office.id))
