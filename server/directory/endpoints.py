"""Offices: found, made, changed; and who serves in one."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncSession

from server.auth.models import Office
from server.auth.positions import today
from server.deps import Member, Wired
from server.directory import people, policy, repository
from server.directory.asking import KeepsOffices, KeepsPeople, keeper
from server.directory.repository import PAGE, OfficesAsked
from server.directory.schemas import Level, NamedPost, NewOffice, OfficeChange, OfficeList, OfficeRow
from server.errors import NotFound

router = APIRouter(prefix="/api/v1/directory", tags=["Direktori"])
Page = Annotated[int, Query(ge=1, le=10_000)]
Words = Annotated[str, Query(max_length=100)]


@router.get("/offices", summary="Cari satker")
async def find_offices(
    who: KeepsPeople,
    services: Wired,
    q: Words = "",
    level: Level | None = None,
    parent: Annotated[str, Query(max_length=64)] = "",
    on: date | None = None,
    page: Page = 1,
) -> OfficeList:
    """`parent`: an office and those directly under it. `on`: those that there are on a day."""
    asked = OfficesAsked(q, level or "", parent, on, page)
    async with services.sessions() as session:
        found, total = await repository.listed(session, asked)
        return OfficeList(items=await _rows(session, found, who.today), total=total, page_size=PAGE)


@router.post("/offices", status_code=201, summary="Tambah satker")
async def add_office(given: NewOffice, _: KeepsOffices, services: Wired) -> OfficeRow:
    async with services.sessions.begin() as session:
        office = await repository.create(session, given.wanted())
        return (await _rows(session, [office], today(services.now())))[0]


@router.put("/offices/{office_id}", summary="Ubah satker")
async def change_office(office_id: str, given: OfficeChange, _: KeepsOffices, services: Wired) -> OfficeRow:
    """An office that is no more gets a last day. It is never deleted: meetings and posts name it."""
    async with services.sessions.begin() as session:
        office = await repository.change(session, given.entry(office_id), given.version)
        return (await _rows(session, [office], today(services.now())))[0]


@router.get("/offices/{office_id}/people", summary="Orang di satu satker hari ini")
async def people_of_office(office_id: str, who: Member, services: Wired) -> list[NamedPost]:
    """Names and posts, nothing else. Another office's only for who keeps it, or leads meetings that invite it."""
    async with services.sessions() as session:
        asking = await keeper(session, who, services)
        own = who.office.id if who.office is not None else ""
        if not policy.may_read_names(who, asking.reach, office_id, await repository.invited_by(session, own)):
            raise NotFound("Satker ini tidak ada, atau daftarnya bukan untuk Anda.")
        await repository.one(session, office_id)
        return [NamedPost.of(each) for each in await people.of_office(session, office_id, asking.today)]


async def _rows(session: AsyncSession, offices: list[Office], day: date) -> list[OfficeRow]:
    above = await repository.names(session, [each.parent_id for each in offices])
    staff = await repository.staff(session, [each.id for each in offices], day)
    return [
        OfficeRow.of(each, above.get(each.parent_id or "", ""), staff.get(each.id, 0), day) for each in offices
    ]  # fmt: skip
