"""What endpoints ask for: the services, and who is signed in."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection, Request

from server.auth import sessions
from server.auth.identity import Identity
from server.errors import Forbidden, NotSignedIn
from server.services import Services, services_of


def get_services(request: Request) -> Services:
    return services_of(request)


async def authenticate(services: Services, connection: HTTPConnection) -> Identity | None:
    """Who asks, by their cookie; None when nobody is signed in."""
    token = connection.cookies.get(sessions.COOKIE)
    if token is None:
        return None
    async with services.sessions() as session:
        return await sessions.find(session, token, services.now())


async def signed_in(request: Request) -> Identity:
    """Raises `NotSignedIn`."""
    who = await authenticate(services_of(request), request)
    if who is None:
        raise NotSignedIn
    return who


async def with_account(who: Annotated[Identity, Depends(signed_in)]) -> Identity:
    """A guest has one meeting and nothing else. Raises `Forbidden`."""
    if who.role == "guest":
        raise Forbidden
    return who


async def organiser(who: Annotated[Identity, Depends(with_account)]) -> Identity:
    """Who prepares meetings. Raises `Forbidden`."""
    if who.role not in ("chair", "secretariat"):
        raise Forbidden
    return who


Wired = Annotated[Services, Depends(get_services)]
Who = Annotated[Identity, Depends(signed_in)]
Member = Annotated[Identity, Depends(with_account)]
Organiser = Annotated[Identity, Depends(organiser)]
