"""People: found, made, changed; their posts; a way to a new password. What changes answers with the whole person."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from sqlalchemy.ext.asyncio import AsyncSession

from server.auth import resets
from server.auth.models import Person
from server.auth.positions import Placed, counting
from server.deps import Wired
from server.directory import leaving, people, policy, repository
from server.directory.asking import Keeper, KeepsPeople
from server.directory.endpoints import Page, Words
from server.directory.people import PeopleAsked
from server.directory.repository import PAGE, claim
from server.directory.schemas import (
    NewPerson,
    NewPosition,
    PersonChange,
    PersonList,
    PersonOut,
    PersonRow,
    PositionChange,
    PositionOut,
    ResetOut,
    facts,
)
from server.errors import Conflict, TooManyAttempts

router = APIRouter(prefix="/api/v1/directory", tags=["Direktori"])
MOST_LINKS = 60  # by one person in five minutes: a whole office can be given theirs
Standing = Literal["serving", "disabled", "without"]


@router.get("/people", summary="Cari orang")
async def find_people(
    who: KeepsPeople,
    services: Wired,
    q: Words = "",
    office: Annotated[str, Query(max_length=64)] = "",
    standing: Standing | None = None,
    page: Page = 1,
) -> PersonList:
    """Of the offices that the caller keeps; `office`: that one and those under it."""
    async with services.sessions() as session:
        offices = who.reach if who.who.role != "admin" else None
        if office:
            offices = policy.below(office, await repository.parents(session)) & who.reach
        asked = PeopleAsked(offices, q, standing or "", page)
        found, total = await people.listed(session, asked, who.today)
        return PersonList(items=[PersonRow.of(each) for each in found], total=total, page_size=PAGE)


@router.post("/people", status_code=201, summary="Tambah orang dengan jabatannya")
async def add_person(given: NewPerson, who: KeepsPeople, services: Wired) -> PersonOut:
    """The account has no password yet: a reset link gives one."""
    who.may(given.position.office_id, given.role)
    async with services.sessions.begin() as session:
        person = await people.create(session, given.entry(), given.position.entry(), services.now())
        return await _out(session, person.id, who)


@router.get("/people/{person_id}", summary="Satu orang dengan riwayat jabatannya")
async def get_person(person_id: str, who: KeepsPeople, services: Wired) -> PersonOut:
    async with services.sessions() as session:
        return await _out(session, person_id, who)


@router.put("/people/{person_id}", summary="Ubah orang, perannya, atau nonaktifkan akunnya")
async def change_person(person_id: str, given: PersonChange, who: KeepsPeople, services: Wired) -> PersonOut:
    """Whoever is disabled is signed out everywhere, and out of rooms. One's own role and account others change."""
    async with services.sessions.begin() as session:
        found = await _theirs(session, person_id, who, given.version)
        who.may(found.office.id, given.role)
        if (given.role, given.disabled) != (found.person.role, found.person.disabled):
            who.account(found.person, await people.posts(session, person_id))
        if person_id == who.who.id and (given.disabled or given.role != found.person.role):
            raise Conflict("Peran dan akun Anda sendiri diubah oleh orang lain.", code="own_account")
        await people.change(session, found.person, given.entry(), given.disabled, who.today)
        changed = await _out(session, person_id, who)
    if given.disabled:
        await leaving.leave_rooms(services.rooms, services.desks, person_id)
    return changed


@router.post("/people/{person_id}/positions", status_code=201, summary="Catat jabatan baru")
async def take_up(person_id: str, given: NewPosition, who: KeepsPeople, services: Wired) -> PersonOut:
    """Who moves keeps their history, and meetings keep them as they were."""
    async with services.sessions.begin() as session:
        found = await _theirs(session, person_id, who, given.version)
        who.may(given.office_id, found.person.role)
        for former in await people.ended_by(session, found.person, given.entry()) if given.ends_others else ():
            who.may(former.office_id, found.person.role)
        await people.take_up(session, found.person, given.entry(), given.ends_others)
        return await _out(session, person_id, who, also=found)


@router.put("/positions/{position_id}", summary="Ubah atau akhiri jabatan")
async def correct(position_id: str, given: PositionChange, who: KeepsPeople, services: Wired) -> PersonOut:
    async with services.sessions.begin() as session:
        found = await _owned(session, position_id, who, given.version)
        who.may(given.office_id, found.person.role)
        await people.correct(session, found.person, position_id, given.entry())
        return await _out(session, found.person.id, who, also=found)


@router.delete("/positions/{position_id}", summary="Hapus jabatan yang salah catat")
async def strike(
    position_id: str, who: KeepsPeople, services: Wired, version: Annotated[int, Query(ge=1)]
) -> PersonOut:
    """For mistakes; a post that is over is ended, not deleted."""
    async with services.sessions.begin() as session:
        found = await _owned(session, position_id, who, version)
        await people.strike(session, found.person, position_id)
        return await _out(session, found.person.id, who, also=found)


@router.post("/people/{person_id}/reset", status_code=201, summary="Buat tautan kata sandi")
async def make_reset(person_id: str, who: KeepsPeople, services: Wired, request: Request) -> ResetOut:
    """Good once and for 24 hours, told once; one made before ends."""
    now, key = services.now(), f"links:{who.who.id}"
    if not services.throttle.tried({key: MOST_LINKS}, now.timestamp()):
        detail = f"Sudah {MOST_LINKS} tautan dibuat dalam lima menit. Tunggu sebentar, lalu lanjutkan."
        raise TooManyAttempts(detail, code="too_many_links")
    async with services.sessions.begin() as session:
        found = await people.one(session, person_id, who.today)
        who.of(found)
        who.account(found.person, await people.posts(session, person_id))
        if found.person.disabled:
            raise Conflict("Akun ini dinonaktifkan. Aktifkan dahulu.", code="disabled")
        token, until = await resets.make(session, person_id, now)
    base = services.settings.public_url.rstrip("/") or str(request.base_url).rstrip("/")
    return ResetOut(url=f"{base}/sandi/{token}", expires_at=until)


async def _theirs(session: AsyncSession, person_id: str, who: Keeper, version: int) -> Placed:
    """Somebody they keep, as read at `version`; nobody else changes them meanwhile."""
    who.of(await people.one(session, person_id, who.today))
    await claim(session, Person, person_id, version)
    session.expire_all()
    return await people.one(session, person_id, who.today)


async def _owned(session: AsyncSession, position_id: str, who: Keeper, version: int) -> Placed:
    """Whose post it is; the post itself must be in an office they keep too."""
    owner = await people.owner(session, position_id, who.today)
    found = await _theirs(session, owner.person.id, who, version)
    held = await people.history(session, found.person.id)
    office = next((office.id for position, office in held if position.id == position_id), "")
    who.may(office, found.person.role)
    return found


async def _out(session: AsyncSession, person_id: str, who: Keeper, also: Placed | None = None) -> PersonOut:
    """`also`: as they were; whoever has moved somebody out of their reach is still told what became of it."""
    found = await people.one(session, person_id, who.today)
    if also is not None and person_id == who.who.id and also.serves and not found.serves:
        raise Conflict("Jabatan Anda sendiri yang masih berjalan diakhiri oleh orang lain.", code="own_account")
    if also is None:
        who.of(found)
    held = await people.history(session, person_id)
    now = counting([position for position, _ in held], who.today)
    posts = [
        PositionOut.of(position, office, found.serves and position is now, office.id in who.reach)
        for position, office in held
    ]
    return PersonOut(**facts(found), positions=posts, myself=person_id == who.who.id)
