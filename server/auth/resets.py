"""Links with which somebody sets a new password: one at a time for each person, good once and for a day."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.auth import passwords, sessions
from server.auth.models import PasswordReset, Person
from server.errors import BadRequest, BadReset

LASTS = timedelta(hours=24)


async def make(session: AsyncSession, person_id: str, now: datetime) -> tuple[str, datetime]:
    """The token, which is told once, and when it ends. One made before is no longer good."""
    token = secrets.token_urlsafe(32)
    await session.execute(delete(PasswordReset).where(col(PasswordReset.person_id) == person_id))
    session.add(PasswordReset(person_id=person_id, token_hash=_hash(token), expires_at=now + LASTS))
    await session.flush()
    return token, now + LASTS


async def owner(session: AsyncSession, token: str, now: datetime) -> Person:
    """Whose password it sets. Raises `BadReset` for what is made up, used, replaced or a day old."""
    query = select(Person).join(PasswordReset, col(PasswordReset.person_id) == col(Person.id))
    query = query.where(col(PasswordReset.token_hash) == _hash(token), col(PasswordReset.expires_at) > now)
    person = await session.scalar(query)
    if person is None or person.disabled:
        raise BadReset
    return person


async def spend(session: AsyncSession, token: str, password_hash: str, now: datetime) -> None:
    """Set the password and sign its person out everywhere. Raises `BadReset`, also for the second of two at once."""
    person = await owner(session, token, now)
    spent = await session.execute(
        delete(PasswordReset).where(col(PasswordReset.token_hash) == _hash(token)).returning(PasswordReset.person_id)  # type: ignore[call-overload]
    )
    if spent.first() is None:
        raise BadReset
    await set_password(session, person, password_hash)


async def set_password(session: AsyncSession, person: Person, password_hash: str, but: str | None = None) -> None:
    """Sign-ins other than the cookie `but` end, and so do links that wait."""
    person.password_hash = password_hash
    await revoke(session, person.id)
    await sessions.end_all(session, person.id, but)


async def revoke(session: AsyncSession, person_id: str) -> None:
    """Idempotent."""
    await session.execute(delete(PasswordReset).where(col(PasswordReset.person_id) == person_id))


def check(password: str, username: str) -> None:
    """Raises `BadRequest`: length is what makes a password hard to guess, and one's own name is not."""
    if len(password) < passwords.SHORTEST:
        raise BadRequest(f"Kata sandi paling sedikit {passwords.SHORTEST} huruf.", code="short_password")
    if password.casefold() in (username * 20)[: len(password)].casefold():
        raise BadRequest("Kata sandi tidak boleh sama dengan nama pengguna.", code="password_is_name")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
