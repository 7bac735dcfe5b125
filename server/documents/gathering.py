"""What a paper is made from, out of the database: a version of the notula, its lines, the breaks of the meeting."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal, cast

from sqlalchemy.ext.asyncio import AsyncSession

from minutes.notula.content import Content
from minutes.notula.documents.sealed import sheet_of
from minutes.notula.documents.sheet import Break, Duty, Kind, Said, Sheet, Signed
from minutes.notula.evidence import Spoken as Evident
from minutes.notula.evidence import evidence
from minutes.notula.models import NotulaMove, NotulaSealed, NotulaVersion
from minutes.notula.sealing import restored
from server.errors import Conflict, NotFound
from server.notulas.cases import OUTSIDE, Case
from server.notulas.proving import spoken
from server.numbering import repository as numbers
from server.proceedings.course import Stretch, course
from server.proceedings.store import happened

LINES: frozenset[Kind] = frozenset({"risalah"})
"""Papers that print what was said, and not only where."""
CHANGED = (
    "Transkrip sudah disunting setelah versi ini disetujui, sehingga risalah versi ini tidak dapat dicetak lagi. "
    "Unduh risalah dari versi yang terbaru."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A version that the caller may see. `sealed` None: two people have not signed it yet."""

    row: NotulaVersion
    sealed: NotulaSealed | None

    @property
    def content(self) -> Content:
        return Content.model_validate(self.row.content)


def wanted(case: Case, version: int | None) -> Wanted:
    """The newest for None. Raises `NotFound`."""
    row = case.shown
    if version is not None:
        found = [each for each in case.rows if each.number == version and (case.inside or each.state in OUTSIDE)]
        if not found:
            raise NotFound("Versi notula ini tidak ada.", code="no_such_version")
        row = found[0]
    return Wanted(row, next((each for each in case.sealed if each.version == row.number), None))


async def sheet(session: AsyncSession, case: Case, found: Wanted, kind: Kind, address: str) -> Sheet:
    """`address`: of this installation. Raises `Conflict` for a risalah of a version whose transcript is another now."""
    number, own = await _numbers(session, case, kind)
    evident = await spoken(session, case.full.meeting.id) if kind in LINES or found.sealed is None else []
    made = await asyncio.to_thread(_sheet, case, found, evident, kind in LINES, address)
    if not made.content.number and own:
        made = replace(made, content=made.content.model_copy(update={"number": own}))
    return replace(made, number=number, breaks=await _breaks(session, case) if kind in LINES else ())


def _sheet(case: Case, found: Wanted, evident: Sequence[Evident], verbatim: bool, address: str) -> Sheet:
    if found.sealed is None:
        return _draft(case, found, evident)
    document = json.loads(found.sealed.document)
    made = sheet_of(document, restored(document["content"]), found.sealed.sha256, address, found.row.state)
    if not verbatim:
        return made
    if evidence(evident, frozenset(), ())["transcript_sha256"] != document["evidence"]["transcript_sha256"]:
        raise Conflict(CHANGED, code="transcript_changed")
    return replace(made, said=tuple(_said(evident)))


def _draft(case: Case, found: Wanted, evident: Sequence[Evident]) -> Sheet:
    """Dated by what was done with it last: the same draft is the same file."""
    moves = [each for each in case.moves if each.version == found.row.number]
    at = max((each.at for each in moves), default=found.row.created_at)
    return Sheet(
        content=found.content,
        printed_at=_moment(at),
        state=found.row.state,
        version=found.row.number,
        signatures=tuple(_signatures(moves) if found.row.state == "approved" else ()),
        said=tuple(_said(evident)),
    )


def _signatures(moves: Iterable[NotulaMove]) -> Iterable[Signed]:
    """Of what was approved last: what was signed before it was sent back is signed no more."""
    given: list[Signed] = []
    for each in moves:
        if each.move in ("approve", "return"):
            given = []
        if each.move == "sign":
            duty = cast("Duty", each.details["duty"])
            given.append(Signed(duty, each.by_name, each.by_position, _moment(each.at)))
    return given


def _said(evident: Iterable[Evident]) -> Iterable[Said]:
    for each in evident:
        yield Said(
            id=each.id,
            start=each.start / 1000,
            end=each.end / 1000,
            office=each.office,
            text=each.text,
            speaker=each.speaker or "",
            position=each.position or "",
        )


async def _numbers(session: AsyncSession, case: Case, kind: Kind) -> tuple[str, str]:
    """Of the paper itself, and of the notula."""
    taken = {each.kind: each.number for each in await numbers.numbers(session, case.full.meeting.id)}
    return taken.get(kind, ""), taken.get("notula", "")


async def _breaks(session: AsyncSession, case: Case) -> tuple[Break, ...]:
    meeting = case.full.meeting
    log = await happened(session, meeting.id)
    if not log or meeting.opened_at is None:
        return ()
    told = course(log, meeting.opened_at.timestamp())
    return tuple(_break(each) for each in told.stretches if each.kind in ("suspended", "off_record"))


def _break(stretch: Stretch) -> Break:
    kind: Literal["suspended", "off_record"] = "suspended" if stretch.kind == "suspended" else "off_record"
    return Break(kind, stretch.start, stretch.end, stretch.title)


def _moment(at: int) -> datetime:
    """Of Unix milliseconds."""
    return datetime.fromtimestamp(at / 1000, UTC)
