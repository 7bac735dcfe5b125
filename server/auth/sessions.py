"""Sign-ins: kept on the server, named by a cookie that only this host's HTTPS (or localhost) may carry."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.auth import positions
from server.auth.identity import AccountRole, Identity, OfficeFacts
from server.auth.invitations import Invitation
from server.auth.models import Person, SignIn
from server.auth.positions import Placed

COOKIE = "__Host-rakor"


async def begin(session: AsyncSession, person: Person, now: datetime, hours: int) -> str:
    """Sign a person in; the cookie's value. Old sign-ins are cleared on the way."""
    await session.execute(delete(SignIn).where(col(SignIn.expires_at) < now))
    token = secrets.token_urlsafe(32)
    session.add(SignIn(id=_hash(token), person_id=person.id, expires_at=now + timedelta(hours=hours)))
    return token


async def begin_as_guest(session: AsyncSession, invitation: Invitation, now: datetime, hours: int) -> str:
    """Sign in whom the invitation names; the cookie's value. Every sign-in by one invitation is the same guest's."""
    token = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            id=_hash(token),
            guest_id=invitation.guest,
            guest_name=invitation.name,
            guest_institution=invitation.institution,
            guest_meeting=invitation.meeting,
            expires_at=now + timedelta(hours=hours),
        )
    )
    return token


async def end(session: AsyncSession, token: str) -> None:
    """Idempotent."""
    await session.execute(delete(SignIn).where(col(SignIn.id) == _hash(token)))


async def find(session: AsyncSession, token: str, now: datetime) -> Identity | None:
    """Who holds this cookie, if the sign-in still stands."""
    kept = await session.get(SignIn, _hash(token))
    if kept is None or kept.expires_at <= now:
        return None
    if kept.person_id is None:
        return _guest(kept)
    found = await positions.find(session, positions.today(now), col(Person.id) == kept.person_id)
    return identity(found) if found is not None and admissible(found) else None


async def end_all(session: AsyncSession, person_id: str, but: str | None = None) -> None:
    """Sign somebody out everywhere, except where the cookie is `but`."""
    query = delete(SignIn).where(col(SignIn.person_id) == person_id)
    await session.execute(query if but is None else query.where(col(SignIn.id) != _hash(but)))


def admissible(found: Placed) -> bool:
    """Who may be signed in. An administrator may without a post too: somebody must be able to give posts."""
    return not found.person.disabled and (found.serves or found.person.role == "admin")


def identity(found: Placed) -> Identity:
    """As on the day for which they were found; without a post then, of no office."""
    person, office = found.person, found.office
    role: AccountRole = person.role  # type: ignore[assignment]  # the database holds only these
    if not found.serves:
        return Identity(person.id, person.name, "", role, None, username=person.username)
    facts = OfficeFacts(office.id, office.short_name, office.name, office.zone)
    called = positions.called(found.position)
    return Identity(person.id, person.name, called, role, facts, username=person.username)


def _guest(kept: SignIn) -> Identity:
    return Identity(
        id=kept.guest_id or "",
        name=kept.guest_name or "",
        position=kept.guest_institution or "",
        role="guest",
        office=None,
        guest_of=kept.guest_meeting,
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
