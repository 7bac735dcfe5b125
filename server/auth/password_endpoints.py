"""Setting a password: by a link that somebody was given, or one's own."""

from __future__ import annotations

from fastapi import APIRouter, Request
from pydantic import Field

from server.auth import passwords, resets, sessions
from server.auth.endpoints import address_of
from server.auth.models import Person
from server.auth.schemas import Closed, ResetFor
from server.auth.throttle import MOST_FAILURES
from server.deps import Member, Wired
from server.errors import TooManyAttempts, WrongPassword
from server.services import Services

router = APIRouter(prefix="/api/v1", tags=["Masuk"])


class ResetToken(Closed):
    token: str = Field(min_length=1, max_length=200)


class NewPassword(ResetToken):
    password: str = Field(max_length=passwords.LONGEST)


class OwnPassword(Closed):
    current: str = Field(min_length=1, max_length=passwords.LONGEST)
    password: str = Field(max_length=passwords.LONGEST)


@router.post("/password/reset-link", summary="Untuk siapa tautan kata sandi ini")
async def reset_link(given: ResetToken, request: Request, services: Wired) -> ResetFor:
    """Ten wrong links in five minutes close the door to an address for a while."""
    key = _tried(request, services)
    async with services.sessions() as session:
        person = await resets.owner(session, given.token, services.now())
    services.throttle.take_back(*key)
    return ResetFor(name=person.name, username=person.username)


@router.post("/password", status_code=204, summary="Atur kata sandi dengan tautan")
async def set_by_link(given: NewPassword, request: Request, services: Wired) -> None:
    """Good once; signs the person out everywhere. A password that is refused does not use the link up."""
    key, now = _tried(request, services), services.now()
    async with services.sessions() as session:
        person = await resets.owner(session, given.token, now)
    services.throttle.take_back(*key)
    resets.check(given.password, person.username)
    hashed = await passwords.hashed(given.password)
    async with services.sessions.begin() as session:
        await resets.spend(session, given.token, hashed, now)
    services.throttle.succeeded(f"name:{person.username}")


@router.post("/me/password", status_code=204, summary="Ganti kata sandi sendiri")
async def change_own(given: OwnPassword, who: Member, request: Request, services: Wired) -> None:
    """Everywhere else one is signed out. Wrong guesses of the present one are held to ten in five minutes."""
    now, key = services.now().timestamp(), f"own-password:{who.id}"
    if not services.throttle.tried({key: MOST_FAILURES}, now):
        raise TooManyAttempts
    async with services.sessions() as session:
        person = await session.get_one(Person, who.id)
    if not await passwords.verify(given.current, person.password_hash):
        raise WrongPassword("Kata sandi yang sekarang tidak cocok.", code="wrong_current")
    services.throttle.succeeded(key)
    resets.check(given.password, person.username)
    hashed = await passwords.hashed(given.password)
    async with services.sessions.begin() as session:
        person = await session.get_one(Person, who.id)
        await resets.set_password(session, person, hashed, but=request.cookies.get(sessions.COOKIE))


def _tried(request: Request, services: Services) -> tuple[str, float]:
    """Count an attempt as wrong until it is taken back. Raises `TooManyAttempts`."""
    key, now = f"reset:{address_of(request)}", services.now().timestamp()
    if not services.throttle.tried({key: MOST_FAILURES}, now):
        raise TooManyAttempts
    return key, now
