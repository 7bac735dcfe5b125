"""Sign-ins: kept on the server, named by a cookie that only this host's HTTPS (or localhost) may carry."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from server.auth.identity import AccountRole, Identity, OfficeFacts
from server.auth.invitations import Invitation
from server.auth.models import Office, Person, SignIn

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
    query = select(Person, Office).join(Office, col(Office.id) == col(Person.office_id))
    row = (await session.execute(query.where(col(Person.id) == kept.person_id))).first()
    return identity(row[0], row[1]) if row is not None else None


def identity(person: Person, office: Office) -> Identity:
    role: AccountRole = person.role  # type: ignore[assignment]  # the database holds only these
    facts = OfficeFacts(office.id, office.short_name, office.name, office.zone)
    return Identity(person.id, person.name, person.position, role, facts)


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
