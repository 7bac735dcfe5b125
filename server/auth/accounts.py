"""Accounts from the terminal: what `rakor admin create` and `rakor admin reset` do."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.auth import passwords, resets
from server.auth.models import Office, Person, Position
from server.auth.offices import ensure
from server.errors import BadRequest, Conflict, NotFound

ROLES = ("admin", "chair", "secretariat", "participant")
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


@dataclass(frozen=True, slots=True)
class NewAccount:
    username: str
    name: str
    position: str
    office: str
    role: str
    password: str


async def create(session: AsyncSession, new: NewAccount, now: datetime) -> None:
    """In the caller's transaction. Raises `BadRequest` and `Conflict`, each with what to do about it."""
    _check(new)
    await ensure(session)
    if await session.get(Office, new.office) is None:
        raise BadRequest(f"Kantor '{new.office}' tidak ada; misalnya kpuri, kaltara, jatim.", code="unknown_office")
    if await session.scalar(select(Person).where(col(Person.username) == new.username)) is not None:
        raise Conflict(f"Nama pengguna '{new.username}' sudah dipakai.", code="username_taken")
    person = Person(
        id=secrets.token_hex(8),
        username=new.username,
        name=new.name.strip(),
        role=new.role,
        password_hash=passwords.hash_password(new.password),
        created_at=now,
    )
    session.add(person)
    await session.flush()
    title = new.position.strip()
    session.add(Position(id=secrets.token_hex(8), person_id=person.id, office_id=new.office, title=title))


async def reset(session: AsyncSession, username: str, now: datetime) -> str:
    """A token that sets a new password (`resets.py`). Raises `NotFound` and `Conflict`."""
    person = await session.scalar(select(Person).where(col(Person.username) == username))
    if person is None:
        raise NotFound(f"Tidak ada akun '{username}'.")
    if person.disabled:
        raise Conflict(f"Akun '{username}' dinonaktifkan. Aktifkan dahulu di halaman Direktori.", code="disabled")
    return (await resets.make(session, person.id, now))[0]


def _check(new: NewAccount) -> None:
    if not USERNAME.fullmatch(new.username):
        detail = "Nama pengguna: 2 sampai 40 huruf kecil, angka, titik, garis bawah atau tanda hubung."
        raise BadRequest(detail, code="bad_username")
    if len(new.name.strip()) < 2:
        raise BadRequest("Tulis nama lengkap.", code="bad_name")
    if new.role not in ROLES:
        raise BadRequest(f"Peran '{new.role}' tidak ada; pilih {', '.join(ROLES)}.", code="unknown_role")
    if len(new.password) < passwords.SHORTEST:
        raise BadRequest(f"Kata sandi paling sedikit {passwords.SHORTEST} huruf.", code="short_password")
