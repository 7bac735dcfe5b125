"""Sign in, sign out, who am I, accept an invitation, and the list of offices."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from sqlalchemy import select
from sqlmodel import col

from server.auth import passwords, sessions
from server.auth.identity import OfficeFacts
from server.auth.models import Office, Person
from server.auth.schemas import Acceptance, Credentials, Me, OfficeOut
from server.deps import Member, Who, Wired
from server.errors import BadInvitation, TooManyAttempts, WrongPassword
from server.meetings.models import Meeting

router = APIRouter(prefix="/api/v1", tags=["Masuk"])


@router.post("/session", summary="Masuk dengan nama pengguna dan kata sandi")
async def sign_in(given: Credentials, request: Request, response: Response, services: Wired) -> Me:
    """Sets the session cookie. Ten failures in five minutes, by name or by address, close the door for a while."""
    now = services.now()
    keys = (f"name:{given.username}", f"from:{request.client.host if request.client else ''}")
    if not all(services.throttle.allows(key, now.timestamp()) for key in keys):
        raise TooManyAttempts
    async with services.sessions() as session:
        query = select(Person, Office).join(Office, col(Office.id) == col(Person.office_id))
        row = (await session.execute(query.where(col(Person.username) == given.username))).first()
    if not await passwords.verify(given.password, row[0].password_hash if row is not None else None):
        for key in keys:
            services.throttle.failed(key, now.timestamp())
        raise WrongPassword
    assert row is not None
    services.throttle.succeeded(keys[0])
    async with services.sessions.begin() as session:
        token = await sessions.begin(session, row[0], now, services.settings.session_hours)
    _set_cookie(response, token, services.settings.session_hours)
    return Me.of(sessions.identity(row[0], row[1]))


@router.delete("/session", status_code=204, summary="Keluar")
async def sign_out(request: Request, response: Response, services: Wired) -> None:
    """Idempotent."""
    token = request.cookies.get(sessions.COOKIE)
    if token is not None:
        async with services.sessions.begin() as session:
            await sessions.end(session, token)
    response.delete_cookie(sessions.COOKIE, path="/", secure=True, httponly=True, samesite="lax")


@router.get("/me", summary="Siapa saya")
async def me(who: Who) -> Me:
    return Me.of(who)


@router.post("/invitations/accept", summary="Terima undangan sebagai tamu")
async def accept(given: Acceptance, response: Response, services: Wired) -> Me:
    """Signs a guest in for the one meeting of the invitation."""
    invitation = services.invitations.read(given.token)
    hours = services.settings.session_hours
    async with services.sessions.begin() as session:
        meeting = await session.get(Meeting, invitation.meeting)
        if meeting is None or meeting.state == "ended":
            raise BadInvitation
        token = await sessions.begin_as_guest(
            session, invitation.name, invitation.institution, invitation.meeting, services.now(), hours
        )
    async with services.sessions() as session:
        who = await sessions.find(session, token, services.now())
    assert who is not None
    _set_cookie(response, token, hours)
    return Me.of(who)


@router.get("/offices", summary="Kantor KPU")
async def offices(_: Member, services: Wired) -> list[OfficeOut]:
    """The central office first, then the provinces by their codes."""
    async with services.sessions() as session:
        found = await session.scalars(select(Office).order_by(col(Office.code)))
        return [OfficeOut.of(OfficeFacts(each.id, each.short_name, each.name, each.zone)) for each in found]


def _set_cookie(response: Response, token: str, hours: int) -> None:
    response.set_cookie(
        sessions.COOKIE, token, max_age=hours * 3600, path="/", secure=True, httponly=True, samesite="lax"
    )
