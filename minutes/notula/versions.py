"""Versions of a notula in the database. Functions work in the caller's transaction and commit nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.notula import journal, workflow
from minutes.notula.canonical import sha256
from minutes.notula.content import Content
from minutes.notula.duties import Given, kept, read
from minutes.notula.models import NotulaDuties, NotulaExport, NotulaMove, NotulaSealed, NotulaVersion
from minutes.notula.sealing import digest_of, plain


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, as they are on that day. `at`: Unix milliseconds."""

    id: str
    name: str
    position: str
    at: int


@dataclass(frozen=True, slots=True)
class Doing:
    """What somebody does: the state afterwards, why, and what belongs to that kind of move."""

    move: workflow.Move
    after: workflow.State
    reason: str = ""
    details: dict[str, Any] = field(default_factory=dict)


async def lock(session: AsyncSession) -> None:
    """Take SQLite's write lock before anything is read: what is read then stands until the commit."""
    await session.execute(update(NotulaVersion).where(col(NotulaVersion.id) == -1).values(number=NotulaVersion.number))


async def newest(session: AsyncSession, meeting: str) -> NotulaVersion | None:
    query = select(NotulaVersion).where(col(NotulaVersion.meeting_id) == meeting)
    found: NotulaVersion | None = await session.scalar(query.order_by(col(NotulaVersion.number).desc()).limit(1))
    return found


async def every(session: AsyncSession, meeting: str) -> list[NotulaVersion]:
    """Oldest first."""
    query = select(NotulaVersion).where(col(NotulaVersion.meeting_id) == meeting)
    return list(await session.scalars(query.order_by(col(NotulaVersion.number))))


async def moves(session: AsyncSession, meeting: str) -> list[NotulaMove]:
    """In the order in which they were made."""
    query = select(NotulaMove).where(col(NotulaMove.meeting_id) == meeting)
    return list(await session.scalars(query.order_by(col(NotulaMove.number))))


async def duties(session: AsyncSession, meeting: str) -> Given:
    row = await session.get(NotulaDuties, meeting)
    return read(row.given) if row is not None else Given()


async def give(session: AsyncSession, meeting: str, given: Given) -> None:
    row = await session.get(NotulaDuties, meeting)
    if row is None:
        session.add(NotulaDuties(meeting_id=meeting, given=kept(given)))
    else:
        row.given = kept(given)
    await session.flush()


async def begin(
    session: AsyncSession, meeting: str, number: int, state: str, content: Content, at: int
) -> NotulaVersion:
    row = NotulaVersion(
        meeting_id=meeting,
        number=number,
        state=state,
        revision=1,
        content=content.model_dump(mode="json"),
        created_at=at,
    )
    session.add(row)
    await session.flush()
    return row


def rewrite(row: NotulaVersion, content: Content) -> None:
    """Another content is another revision."""
    said = content.model_dump(mode="json")
    row.content, row.revision = said, row.revision + 1


def content(row: NotulaVersion) -> Content:
    return Content.model_validate(row.content)


def content_sha256(row: NotulaVersion) -> str:
    return sha256(plain(content(row)))


async def note(session: AsyncSession, row: NotulaVersion, before: str, doing: Doing, by: By) -> NotulaMove:
    """Keep a move, hashed over the one before it in its meeting; the version has the state it leads to from now on."""
    query = select(NotulaMove).where(col(NotulaMove.meeting_id) == row.meeting_id)
    last: NotulaMove | None = await session.scalar(query.order_by(col(NotulaMove.number).desc()).limit(1))
    move = NotulaMove(
        meeting_id=row.meeting_id,
        number=last.number + 1 if last is not None else 1,
        version=row.number,
        move=doing.move,
        before=before,
        after=doing.after,
        by_id=by.id,
        by_name=by.name,
        by_position=by.position,
        reason=doing.reason,
        details=doing.details,
        content_sha256=content_sha256(row),
        at=by.at,
        previous=last.hash if last is not None else "",
        hash="",
    )
    move.hash = journal.hashed(move)
    row.state = doing.after
    session.add(move)
    await session.flush()
    return move


async def sealed(session: AsyncSession, meeting: str) -> list[NotulaSealed]:
    """Oldest first."""
    query = select(NotulaSealed).where(col(NotulaSealed.meeting_id) == meeting)
    return list(await session.scalars(query.order_by(col(NotulaSealed.version))))


async def by_code(session: AsyncSession, code: str) -> NotulaSealed | None:
    found: NotulaSealed | None = await session.scalar(select(NotulaSealed).where(col(NotulaSealed.code) == code))
    return found


async def by_sha256(session: AsyncSession, digest: str) -> NotulaExport | None:
    """A kept file by what it is."""
    query = select(NotulaExport).where(col(NotulaExport.sha256) == digest).limit(1)
    found: NotulaExport | None = await session.scalar(query)
    return found


async def keep_sealed(
    session: AsyncSession, row: NotulaVersion, document: bytes, previous: str | None, at: int
) -> None:
    """The version's state and SHA-256 are those of what was sealed; from now on its row stands."""
    assert row.code is not None
    digest = digest_of(document)
    session.add(
        NotulaSealed(
            meeting_id=row.meeting_id,
            version=row.number,
            code=row.code,
            sha256=digest,
            previous=previous,
            document=document,
            at=at,
        )
    )
    row.sha256 = digest
    await session.flush()


async def exports(session: AsyncSession, meeting: str) -> list[NotulaExport]:
    """Oldest first."""
    query = select(NotulaExport).where(col(NotulaExport.meeting_id) == meeting).order_by(col(NotulaExport.id))
    return list(await session.scalars(query))


async def keep_export(
    session: AsyncSession, of: NotulaSealed, kind: str, file: str, size: int, digest: str, at: int
) -> NotulaExport:
    """A printed file of a sealed version, hashed over the export before it. The same file twice is kept once."""
    before = await exports(session, of.meeting_id)
    same = [each for each in before if (each.version, each.file) == (of.version, file)]
    if same:
        return same[0]
    row = NotulaExport(
        meeting_id=of.meeting_id,
        version=of.version,
        kind=kind,
        file=file,
        bytes=size,
        sha256=digest,
        at=at,
        previous=before[-1].hash if before else of.sha256,
        hash="",
    )
    row.hash = journal.export_hashed(row, of.sha256)
    session.add(row)
    await session.flush()
    return row


def standing(row: NotulaVersion | None, moves: Sequence[NotulaMove], given: Given) -> workflow.Standing:
    """`moves`: of the meeting."""
    if row is None:
        return workflow.Standing("none")
    own = journal.of_version(moves, row.number)
    initialled = journal.initials(own, content_sha256(row)) if row.state == "in_review" else []
    return workflow.Standing(
        state=cast(workflow.State, row.state),
        checkers=[each.id for each in given.checkers],
        initialled=frozenset(each.by_id for each in initialled),
        signed={duty: each.by_id for duty, each in journal.signatures(own).items()},
        unanswered=sum(each.answer is None for each in journal.proposals(own)),
        window_until=row.window_until,
    )
