"""People and their posts in the database. Functions work in the caller's transaction and commit nothing."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, false, func, not_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.auth import resets, sessions
from server.auth.models import Office, Person, Position
from server.auth.positions import Placed, as_placed, find, holds, placed, serving
from server.directory.repository import PAGE, levels, matches
from server.directory.rules import (
    PersonEntry,
    PositionEntry,
    day_before,
    ends_with,
    is_over,
    overlaps,
    person_faults,
    position_faults,
)
from server.errors import BadRequest, Conflict, NotFound

NOBODY = "Orang ini tidak ada dalam direktori, atau bukan dari kantor Anda."
LINKED = (Person.name, Person.username, Position.title, Office.short_name)


@dataclass(frozen=True, slots=True)
class PeopleAsked:
    """`offices` None: all of them. `standing`: serving, disabled, without (a post today) or "" for everybody."""

    offices: frozenset[str] | None
    words: str = ""
    standing: str = ""
    page: int = 1


async def listed(session: AsyncSession, asked: PeopleAsked, day: date) -> tuple[list[Placed], int]:
    """A page of people by name, and how many there are on all pages."""
    fits = and_(
        matches(asked.words, *LINKED),
        col(Position.office_id).in_(asked.offices) if asked.offices is not None else true(),
        _standing(asked.standing, day),
    )
    query = placed(day).where(fits)
    total = await session.scalar(query.with_only_columns(func.count())) or 0
    query = query.order_by(func.lower(col(Person.name)), col(Person.id)).limit(PAGE).offset((asked.page - 1) * PAGE)
    return [as_placed(row, day) for row in await session.execute(query)], total


async def of_office(session: AsyncSession, office: str, day: date) -> list[Placed]:
    """Who serves there on `day`, by name; disabled accounts are left out."""
    query = serving(day).where(col(Position.office_id) == office, col(Person.disabled) == false())
    return [as_placed(row, day) for row in await session.execute(query.order_by(func.lower(col(Person.name))))]


async def one(session: AsyncSession, person_id: str, day: date) -> Placed:
    found = await find(session, day, col(Person.id) == person_id)
    if found is None:
        raise NotFound(NOBODY)
    return found


async def owner(session: AsyncSession, position_id: str, day: date) -> Placed:
    """Whose post it is."""
    position = await session.get(Position, position_id)
    if position is None:
        raise NotFound("Jabatan ini sudah tidak ada. Muat ulang halaman.")
    return await one(session, position.person_id, day)


async def history(session: AsyncSession, person_id: str) -> list[tuple[Position, Office]]:
    """Every post of theirs, the latest first."""
    query = select(Position, Office).join(Office, col(Office.id) == col(Position.office_id))
    query = query.where(col(Position.person_id) == person_id)
    order = (col(Position.valid_from).desc().nulls_last(), col(Position.kind), col(Position.id))
    return [(row[0], row[1]) for row in await session.execute(query.order_by(*order))]


async def posts(session: AsyncSession, person_id: str) -> list[Position]:
    return [position for position, _ in await history(session, person_id)]


async def create(session: AsyncSession, entry: PersonEntry, first: PositionEntry, now: datetime) -> Person:
    """No password is right until they set one. Raises `BadRequest` and `Conflict`."""
    await _check(session, entry, None)
    await _check_position(session, first, entry.role)
    person = Person(id=secrets.token_hex(8), password_hash="", created_at=now, **asdict(entry))
    session.add(person)
    await session.flush()
    await hold(session, person.id, first)
    return person


async def change(session: AsyncSession, person: Person, entry: PersonEntry, disabled: bool, day: date) -> None:
    """A role must fit every post that is not over on `day`, which is today.

    Whoever is disabled is signed out, and links to a new password end.
    """
    await _check(session, entry, person.id)
    for position in await posts(session, person.id):
        if not is_over(position, day):
            await _check_role(session, position, entry.role)
    person.username, person.name, person.role, person.disabled = entry.username, entry.name, entry.role, disabled
    person.email = entry.email
    if disabled:
        await sessions.end_all(session, person.id)
        await resets.revoke(session, person.id)
    await session.flush()


async def ended_by(session: AsyncSession, person: Person, entry: PositionEntry) -> list[Position]:
    """Posts of theirs that end when this new one begins."""
    return [each for each in await posts(session, person.id) if ends_with(each, entry)]


async def take_up(session: AsyncSession, person: Person, entry: PositionEntry, ends_others: bool) -> Position:
    """A new post. `ends_others`: the definite ones that run end the day before."""
    await _check_position(session, entry, person.role)
    _is_new(await posts(session, person.id), entry)
    if ends_others and entry.valid_from is not None:
        for former in await ended_by(session, person, entry):
            former.valid_until = day_before(entry.valid_from)
    return await hold(session, person.id, entry)


async def correct(session: AsyncSession, person: Person, position_id: str, entry: PositionEntry) -> None:
    await _check_position(session, entry, person.role)
    held = await posts(session, person.id)
    position = next(each for each in held if each.id == position_id)
    _is_new([each for each in held if each.id != position_id], entry)
    for field, value in asdict(entry).items():
        setattr(position, field, value)
    await session.flush()


async def strike(session: AsyncSession, person: Person, position_id: str) -> None:
    """What was entered by mistake. The last post stays: somebody without any would belong nowhere."""
    held = await posts(session, person.id)
    if len(held) == 1:
        detail = "Ini satu-satunya jabatan orang ini. Ubah atau akhiri jabatannya, atau nonaktifkan akunnya."
        raise Conflict(detail, code="last_position")
    await session.delete(next(each for each in held if each.id == position_id))
    await session.flush()


async def hold(session: AsyncSession, person_id: str, entry: PositionEntry) -> Position:
    position = Position(id=secrets.token_hex(8), person_id=person_id, **asdict(entry))
    session.add(position)
    await session.flush()
    return position


def _standing(standing: str, day: date) -> ColumnElement[bool]:
    if standing == "disabled":
        return and_(col(Person.disabled))
    if standing == "without":
        return and_(not_(holds(day)), not_(col(Person.disabled)))
    if standing == "serving":
        return and_(holds(day), not_(col(Person.disabled)))
    return true()


def _is_new(held: Sequence[Position], entry: PositionEntry) -> None:
    """Raises `Conflict` when the same post is held at the same time already."""
    for each in held:
        if (each.office_id, each.title.casefold(), each.kind) != (entry.office_id, entry.title.casefold(), entry.kind):
            continue
        if overlaps(each, entry):
            raise Conflict("Jabatan yang sama sudah tercatat untuk waktu itu.", code="same_position")


async def _check(session: AsyncSession, entry: PersonEntry, but: str | None) -> None:
    for fault in person_faults(entry):
        raise BadRequest(fault.detail, code=fault.code)
    holder = await session.scalar(select(col(Person.id)).where(col(Person.username) == entry.username))
    if holder is not None and holder != but:
        raise Conflict(f"Nama pengguna '{entry.username}' sudah dipakai.", code="username_taken")


async def _check_position(session: AsyncSession, entry: PositionEntry, role: str) -> None:
    for fault in position_faults(entry, await levels(session), role):
        raise BadRequest(fault.detail, code=fault.code)


async def _check_role(session: AsyncSession, position: Position, role: str) -> None:
    known = await levels(session)
    if known[position.office_id] == "instansi" and role != "participant":
        detail = "Orang dari instansi luar hanya dapat menjadi peserta. Pilih peran peserta."
        raise BadRequest(detail, code="outside_role")
