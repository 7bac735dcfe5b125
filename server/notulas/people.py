"""Who of the hosting office may be given a duty, and who is."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.notula import versions
from minutes.notula.duties import Given, Named
from minutes.notula.versions import Doing
from server.auth import positions
from server.auth.identity import Identity
from server.auth.models import Office, Person
from server.errors import BadRequest, Forbidden
from server.notulas import refusals
from server.notulas.approving import Approving
from server.notulas.cases import Case, done
from server.notulas.schemas import DutiesIn, NotulaOut, PersonOut
from server.notulas.showing import people


async def of_host(session: AsyncSession, case: Case) -> list[PersonOut]:
    """By name. Raises `Forbidden` for who has no duty here."""
    if not case.inside:
        raise Forbidden(refusals.WORDS["forbidden"])
    found = await _serving(session, case)
    return list(people(sorted(found.values(), key=lambda each: (each.name.casefold(), each.id))))


async def assign(approving: Approving, meeting: str, given: DutiesIn, who: Identity, now: datetime) -> NotulaOut:
    """Raises `Forbidden`, `Conflict`, `BadRequest`."""

    async def keep(session: AsyncSession, case: Case) -> None:
        step = case.step("assign")
        named = _named(given, await _serving(session, case))
        await versions.give(session, meeting, named)
        details = given.model_dump()
        await done(session, case, case.row, Doing("assign", step.to, details=details))

    return await approving.do(meeting, who, now, keep)


def _named(given: DutiesIn, serving: dict[str, Named]) -> Given:
    asked = [given.minute_taker, given.chair, given.archivist, *given.checkers]
    if unknown := [each for each in asked if each is not None and each not in serving]:
        raise BadRequest("Petugas harus menjabat di satker penyelenggara.", "unknown_person", {"person": unknown[0]})
    if given.minute_taker is not None and given.minute_taker == given.chair:
        raise BadRequest(refusals.WORDS["same_person"], code="same_person")
    if len(set(given.checkers)) < len(given.checkers):
        raise BadRequest("Seorang pemeriksa disebut dua kali.", code="twice")
    return Given(
        minute_taker=serving[given.minute_taker] if given.minute_taker is not None else None,
        checkers=tuple(serving[each] for each in given.checkers),
        chair=serving[given.chair] if given.chair is not None else None,
        archivist=serving[given.archivist] if given.archivist is not None else None,
    )


async def _serving(session: AsyncSession, case: Case) -> dict[str, Named]:
    """Who serves in the host today, by id."""
    day = positions.today(case.now)
    query = positions.serving(day).where(col(Office.id) == case.full.host.id, col(Person.disabled).is_(False))
    found = [positions.as_placed(row, day) for row in (await session.execute(query)).all()]
    return {each.person.id: Named(each.person.id, each.person.name, positions.called(each.position)) for each in found}
