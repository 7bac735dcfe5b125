"""Who asks the directory, and how far they reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends
from sqlalchemy.ext.asyncio import AsyncSession

from server.auth.identity import Identity
from server.auth.models import Person, Position
from server.auth.positions import Placed, today
from server.deps import Member, Wired
from server.directory import policy, repository
from server.directory.rules import is_over
from server.errors import BadRequest, Forbidden, NotFound
from server.services import Services

OUT_OF_REACH = "Satker ini di luar kewenangan Anda. Mintalah sekretariat di atasnya atau administrator."


@dataclass(frozen=True, slots=True)
class Keeper:
    """Somebody who keeps people, with the offices that are theirs to keep, today."""

    who: Identity
    reach: frozenset[str]
    today: date

    def of(self, found: Placed) -> None:
        """Raises `NotFound` for whom they may not see, and `Forbidden` for an administrator's account."""
        if found.office.id not in self.reach:
            raise NotFound("Orang ini tidak ada dalam direktori, atau bukan dari kantor Anda.")
        self.may(found.office.id, found.person.role)

    def may(self, office: str, role: str) -> None:
        """Raises `Forbidden`, and for an administrator, who reaches every office that there is, `BadRequest`."""
        if office not in self.reach and self.who.role == "admin":
            raise BadRequest("Satker ini tidak ada dalam direktori.", code="unknown_office")
        if office not in self.reach:
            raise Forbidden(OUT_OF_REACH, code="out_of_reach")
        if not policy.may_keep(self.who, self.reach, office, role):
            raise Forbidden("Akun administrator hanya diubah oleh administrator.", code="admin_only")

    def account(self, person: Person, held: Iterable[Position]) -> None:
        """Role and way in go with somebody to every office, also where they only act or are still to come.

        Raises `Forbidden` when one of their posts that are not over is out of reach.
        """
        for each in held:
            if not is_over(each, self.today):
                self.may(each.office_id, person.role)


async def keeper(session: AsyncSession, who: Identity, services: Services) -> Keeper:
    return Keeper(who, policy.reach(who, await repository.parents(session)), today(services.now()))


async def _keeps_people(who: Member) -> Identity:
    if not policy.may_keep_people(who):
        raise Forbidden("Hanya sekretariat kantor dan administrator yang mengelola direktori.")
    return who


async def _keeps_offices(who: Member) -> Identity:
    if not policy.may_keep_offices(who):
        raise Forbidden("Hanya administrator yang mengubah satker.")
    return who


async def _keeping(who: Annotated[Identity, Depends(_keeps_people)], services: Wired) -> Keeper:
    async with services.sessions() as session:
        return await keeper(session, who, services)


KeepsPeople = Annotated[Keeper, Depends(_keeping)]
KeepsOffices = Annotated[Identity, Depends(_keeps_offices)]
