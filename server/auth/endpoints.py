"""Sign in, sign out, who am I, accept an invitation, and the list of offices."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request, Response
from sqlalchemy import select
from sqlmodel import col

from server.auth import offices as known
from server.auth import passwords, positions, sessions
from server.auth.models import Office, Person
from server.auth.positions import Placed
from server.auth.schemas import Acceptance, Credentials, Me, OfficeOut
from server.auth.throttle import MOST_FAILURES, MOST_FROM_ADDRESS
from server.deps import Member, Who, Wired
from server.errors import BadInvitation, NotAdmitted, TooManyAttempts, WrongPassword
from server.meetings.models import Meeting
from server.services import Services

router = APIRouter(prefix="/api/v1", tags=["Masuk"])


@router.post("/session", summary="Masuk dengan nama pengguna dan kata sandi")
async def sign_in(given: Credentials, request: Request, response: Response, services: Wired) -> Me:
    """Sets the session cookie. Ten failures by name or sixty by address in five minutes close the door for a while."""
    now = services.now()
    name, address = f"name:{given.username}", f"from:{address_of(request)}"
    if not services.throttle.tried({name: MOST_FAILURES, address: MOST_FROM_ADDRESS}, now.timestamp()):
        raise TooManyAttempts
    try:
        found = await _recognised(given, services)
    except TooManyAttempts:  # nobody looked at this password: there was no attempt
        services.throttle.take_back(name, now.timestamp())
        services.throttle.take_back(address, now.timestamp())
        raise
    services.throttle.succeeded(name)
    services.throttle.take_back(address, now.timestamp())
    async with services.sessions.begin() as session:
        token = await sessions.begin(session, found.person, now, services.settings.session_hours)
    _set_cookie(response, token, services.settings.session_hours)
    return Me.of(sessions.identity(found))


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
async def accept(given: Acceptance, request: Request, response: Response, services: Wired) -> Me:
    """Signs a guest in for the one meeting of the invitation; who accepts it again is the same guest.

    Ten failures in five minutes close the door to an address for a while.
    """
    now, hours, address = services.now(), services.settings.session_hours, f"invitation:{address_of(request)}"
    if not services.throttle.tried({address: MOST_FAILURES}, now.timestamp()):
        raise TooManyAttempts
    invitation = services.invitations.read(given.token)
    async with services.sessions.begin() as session:
        meeting = await session.get(Meeting, invitation.meeting)
        if meeting is None or meeting.state == "ended":
            raise BadInvitation
        token = await sessions.begin_as_guest(session, invitation, now, hours)
    services.throttle.take_back(address, now.timestamp())
    async with services.sessions() as session:
        who = await sessions.find(session, token, now)
    assert who is not None
    _set_cookie(response, token, hours)
    return Me.of(who)


@router.get("/offices", summary="Satker dan instansi yang dapat diundang")
async def offices(_: Member, services: Wired, on: date | None = None) -> list[OfficeOut]:
    """Those that there are on a day, today if none is given: who may be invited to a meeting held then.

    The central office first, then each province before its regencies and cities, then outside institutions.
    """
    day = on or positions.today(services.now())
    async with services.sessions() as session:
        found = await session.scalars(select(Office).where(known.valid(day)).order_by(*known.IN_ORDER))
        return [OfficeOut.of_row(each) for each in found]


async def _recognised(given: Credentials, services: Services) -> Placed:
    """Raises `WrongPassword`, `NotAdmitted`, and `TooManyAttempts` when too many passwords wait to be checked."""
    async with services.sessions() as session:
        day = positions.today(services.now())
        found = await positions.find(session, day, col(Person.username) == given.username)
    if not await passwords.verify(given.password, found.person.password_hash if found is not None else None):
        raise WrongPassword
    assert found is not None
    if not sessions.admissible(found):
        raise NotAdmitted(code="disabled" if found.person.disabled else "no_position")
    return found


def address_of(request: Request) -> str:
    """Behind a proxy the browser's, if uvicorn trusts the proxy (`FORWARDED_ALLOW_IPS`)."""
    return request.client.host if request.client is not None else ""


def _set_cookie(response: Response, token: str, hours: int) -> None:
    response.set_cookie(
        sessions.COOKIE, token, max_age=hours * 3600, path="/", secure=True, httponly=True, samesite="lax"
    )
