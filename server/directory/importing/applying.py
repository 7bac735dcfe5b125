"""The directory as an import sees it, and writing what was planned. In the caller's transaction; commits nothing."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.auth.models import Office, PasswordReset, Person, Position, SignIn
from server.auth.positions import counting
from server.directory import repository
from server.directory.importing.people import Somebody
from server.directory.importing.posts import Post
from server.directory.rules import OfficeEntry, PersonEntry, PositionEntry


@dataclass(frozen=True, slots=True)
class Held:
    """A post as it is kept."""

    id: str
    person_id: str
    office_id: str
    title: str
    kind: str
    valid_from: date | None
    valid_until: date | None

    def entry(self) -> PositionEntry:
        return PositionEntry(self.office_id, self.title, self.kind, self.valid_from, self.valid_until)


@dataclass(frozen=True, slots=True)
class Kept:
    """All of the directory."""

    offices: tuple[OfficeEntry, ...]
    people: tuple[Any, ...]  # rows: id, username, name, role, email, disabled, version
    posts: tuple[Held, ...]
    versions: str  # as `versions` tells them

    def levels(self) -> dict[str, str]:
        return {each.id: each.level for each in self.offices}

    def somebodies(self, me: str, day: date) -> list[Somebody]:
        """Everybody with their posts, the latest first. Takes a while for thousands: not for the event loop."""
        held: dict[str, list[Held]] = {}
        for each in self.posts:
            held.setdefault(each.person_id, []).append(each)
        return [_somebody(row, held.get(row.id, []), me, day) for row in self.people]


async def lock(session: AsyncSession) -> None:
    """From here on nobody else writes until the transaction ends: what is read stays true."""
    await session.execute(update(Office).where(col(Office.id) == "").values(version=0))


async def versions(session: AsyncSession) -> str:
    """Changes with everything that is changed in the directory; little to read, for who holds the lock."""
    found = []
    for kind in (Office, Person):
        rows = await session.execute(select(col(kind.id), col(kind.version)).order_by(col(kind.id)))
        found.append([[row[0], row[1]] for row in rows])
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()


async def kept(session: AsyncSession) -> Kept:
    """Versions first: what changes while the rest is read is seen by who compares them later."""
    digest = await versions(session)
    offices = await repository.every(session)
    columns = (Person.id, Person.username, Person.name, Person.role, Person.email, Person.disabled, Person.version)
    people = (await session.execute(select(*(col(each) for each in columns)).order_by(col(Person.username)))).all()
    fields = (Position.id, Position.person_id, Position.office_id, Position.title, Position.kind)
    query = select(*(col(each) for each in (*fields, Position.valid_from, Position.valid_until)))
    order = (col(Position.valid_from).desc().nulls_last(), col(Position.id))
    rows: Any = await session.execute(query.order_by(*order))
    posts = [Held(*row) for row in rows]
    return Kept(tuple(repository.entry_of(each) for each in offices), tuple(people), tuple(posts), digest)


async def write_offices(session: AsyncSession, new: Sequence[OfficeEntry], changed: Sequence[OfficeEntry]) -> None:
    for entry in new:
        await session.execute(insert(Office).values(asdict(entry)))
    for entry in changed:
        values = {**asdict(entry), "version": col(Office.version) + 1}
        await session.execute(update(Office).where(col(Office.id) == entry.id).values(values))


async def write_people(session: AsyncSession, people: Sequence[Somebody], now: datetime) -> list[str]:
    """Ids of those who may no longer be signed in, and have been signed out."""
    fresh = [each for each in people if not each.id]
    for each in fresh:
        each.id = secrets.token_hex(8)
    if fresh:
        await session.execute(insert(Person), [_row(each, now) for each in fresh])
    for each in people:
        if each.version:
            values = {**asdict(each.entry), "disabled": each.disabled, "version": each.version + 1}
            await session.execute(update(Person).where(col(Person.id) == each.id).values(values))
    await _write_posts(session, people)
    out = [each.id for each in people if each.disabled]
    for table, person in ((SignIn, SignIn.person_id), (PasswordReset, PasswordReset.person_id)):
        await session.execute(delete(table).where(col(person).in_(out)))
    return out


async def _write_posts(session: AsyncSession, people: Sequence[Somebody]) -> None:
    posts = [(each.id, post) for each in people for post in each.posts]
    fresh = [_post(person, post) for person, post in posts if not post.id]
    if fresh:
        await session.execute(insert(Position), fresh)
    for _, post in posts:
        if post.id:
            await session.execute(update(Position).where(col(Position.id) == post.id).values(asdict(post.entry)))


def _row(each: Somebody, now: datetime) -> dict[str, Any]:
    kept = {"id": each.id, "disabled": each.disabled, "version": 1, "password_hash": "", "created_at": now}
    return {**asdict(each.entry), **kept}


def _post(person: str, post: Post) -> dict[str, Any]:
    return {**asdict(post.entry), "id": secrets.token_hex(8), "person_id": person}


def _somebody(row: Any, held: list[Held], me: str, day: date) -> Somebody:
    now = counting(held, day)
    return Somebody(
        id=row.id,
        entry=PersonEntry(row.username, row.name, row.role, row.email),
        disabled=row.disabled,
        version=row.version,
        posts=[Post(each.id, each.entry()) for each in held],
        office=now.office_id if now is not None else "",
        myself=row.id == me,
    )
