"""A meeting's notula as it lies on the table: read whole, before anybody does anything with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from minutes.notula import versions, workflow
from minutes.notula.duties import Asking, Given, duties
from minutes.notula.models import NotulaMove, NotulaSealed, NotulaVersion
from minutes.notula.versions import By, Doing
from minutes.notula.workflow import Duty, Move, Refusal, Standing, Step
from server.auth.identity import Identity
from server.errors import Conflict, NotFound
from server.meetings import policy, repository
from server.meetings.repository import Full
from server.notulas import refusals

NO_NOTULA = "Notula rapat ini belum disusun."
OUTSIDE: frozenset[str] = frozenset({"in_review", "approved", "signed", "archived", "amended", "revoked"})
"""States in which who is not of the host sees a version: drafts are the host's own."""


@dataclass(frozen=True, slots=True)
class Case:
    """`row`: the newest version. `who` asks at `now`."""

    full: Full
    who: Identity
    now: datetime
    rows: tuple[NotulaVersion, ...]
    moves: tuple[NotulaMove, ...]
    sealed: tuple[NotulaSealed, ...]
    given: Given
    duties: frozenset[Duty]

    @property
    def at(self) -> int:
        """Unix milliseconds."""
        return int(self.now.timestamp() * 1000)

    @property
    def by(self) -> By:
        return By(self.who.id, self.who.name, self.who.position, self.at)

    @property
    def newest(self) -> NotulaVersion | None:
        return self.rows[-1] if self.rows else None

    @property
    def row(self) -> NotulaVersion:
        """Raises `NotFound` before the first draft."""
        if not self.rows:
            raise NotFound(NO_NOTULA, code="no_notula")
        return self.rows[-1]

    @property
    def inside(self) -> bool:
        """Whoever has a duty sees drafts, and how a version came about."""
        return bool(self.duties - {"participant"})

    @property
    def shown(self) -> NotulaVersion:
        """The newest that the caller may see. Raises `NotFound`."""
        seen = [each for each in self.rows if self.inside or each.state in OUTSIDE]
        if not seen:
            raise NotFound(NO_NOTULA, code="no_notula")
        return seen[-1]

    @property
    def standing(self) -> Standing:
        return versions.standing(self.newest, self.moves, self.given)

    def may(self, move: Move) -> bool:
        try:
            workflow.checked(self.standing, move, self.duties, self.who.id, self.at)
        except Refusal:
            return False
        return True

    def step(self, move: Move) -> Step:
        """Raises `Forbidden`, `Conflict`; what is not seen yet is not there for who is not of the host."""
        if not self.rows and move != "draft" and self.inside:
            raise NotFound(NO_NOTULA, code="no_notula")
        try:
            if not self.rows and not self.inside:
                raise Refusal("forbidden")
            return workflow.checked(self.standing, move, self.duties, self.who.id, self.at)
        except Refusal as refusal:
            raise refusals.of(refusal) from None

    def of_revision(self, revision: int) -> None:
        """Raises `Conflict` where the text is another by now."""
        if self.row.revision != revision:
            raise Conflict("Naskah notula sudah berubah. Muat versi terbaru, lalu ulangi.", code="notula_changed")


async def load(session: AsyncSession, meeting_id: str, who: Identity, now: datetime) -> Case:
    """In the caller's transaction. Raises `NotFound` for who may not read the meeting."""
    full = await repository.readable(session, meeting_id, who)
    given = await versions.duties(session, meeting_id)
    return Case(
        full=full,
        who=who,
        now=now,
        rows=tuple(await versions.every(session, meeting_id)),
        moves=tuple(await versions.moves(session, meeting_id)),
        sealed=tuple(await versions.sealed(session, meeting_id)),
        given=given,
        duties=duties(given, asking(full, who)),
    )


def asking(full: Full, who: Identity) -> Asking:
    leads = policy.leads(who, full.meeting)
    return Asking(
        id=who.id,
        of_host=who.office is not None and who.office.id == full.host.id,
        secretariat=leads and who.role == "secretariat",
        chairs=leads and who.role == "chair",
        reads=True,
    )


async def done(session: AsyncSession, case: Case, row: NotulaVersion, doing: Doing) -> NotulaMove:
    """Keep that `case.who` did it."""
    before = row.state if case.rows and row.number == case.row.number else _last(case)
    return await versions.note(session, row, before, doing, case.by)


def _last(case: Case) -> str:
    return case.rows[-1].state if case.rows else "none"
