"""What people do with a notula: each in one transaction, decided by `workflow`, kept in its journal."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from minutes.notula import journal, versions, workflow
from minutes.notula.canonical import canonical, sha256
from minutes.notula.comparing import placed, replaced
from minutes.notula.content import Content
from minutes.notula.drafting import draft
from minutes.notula.evidence import Recorded
from minutes.notula.models import NotulaVersion
from minutes.notula.sealing import approved, new_code
from minutes.notula.versions import Doing
from minutes.record import tracks
from server.auth.identity import Identity
from server.db import Sessions
from server.errors import BadRequest, Conflict, NotFound
from server.notulas import contents, gathering, proving
from server.notulas.cases import Case, done, load
from server.notulas.ports import FollowUps
from server.notulas.recordings import Digests
from server.notulas.schemas import AnswerIn, MoveIn, NotulaOut, ProposalIn
from server.notulas.showing import shown

MOST_PROPOSALS = 200  # of one version
NO_REASON = "Tulis alasannya."


@dataclass(frozen=True, slots=True)
class Approving:
    sessions: Sessions
    digests: Digests
    follow_ups: FollowUps

    async def read(self, meeting: str, who: Identity, now: datetime) -> NotulaOut:
        """Raises `NotFound`, as all of these do for who may not read the meeting."""
        async with self.sessions() as session:
            return await told(await load(session, meeting, who, now))

    async def draft(self, meeting: str, replace: bool, who: Identity, now: datetime) -> NotulaOut:
        """By the rules. Raises `Conflict`: the meeting goes on, or somebody has written and `replace` is False."""
        async with self.sessions() as session:
            case = await load(session, meeting, who, now)
            _draftable(case, replace)
            material = await gathering.gathered(session, case.full)
        made = (await asyncio.to_thread(draft, material)).model_copy(update={"host": case.full.host.name})

        async def keep(session: AsyncSession, case: Case) -> None:
            step = _draftable(case, replace)
            row = case.newest
            if row is None:
                row = await versions.begin(session, meeting, 1, step.to, made, case.at)
            else:
                versions.rewrite(row, made)
            await done(session, case, row, Doing("draft", step.to))

        return await self.do(meeting, who, now, keep)

    async def save(self, meeting: str, revision: int, content: Content, who: Identity, now: datetime) -> NotulaOut:
        """Raises `BadRequest`, and `Conflict` (`notula_changed`, with `current`) where somebody else has saved."""

        async def keep(session: AsyncSession, case: Case) -> None:
            step = case.step("edit")
            case.of_revision(revision)
            before = versions.content(case.row)
            contents.unmeasured(before, content)
            if content == before and case.row.state == step.to:
                return  # nothing to keep: whoever saves by the clock leaves no trace of it
            await contents.said(session, content)
            versions.rewrite(case.row, content)
            await done(session, case, case.row, Doing("edit", step.to))

        return await self.do(meeting, who, now, keep)

    async def move(self, meeting: str, given: MoveIn, who: Identity, now: datetime) -> NotulaOut:
        """Raises `Forbidden`, `Conflict`, `BadRequest` (`no_reason`)."""
        recordings = await self._heard(meeting, given, who, now) if given.move == "approve" else []

        async def keep(session: AsyncSession, case: Case) -> None:
            step = case.step(given.move)
            case.of_revision(given.revision)
            if given.move in workflow.REASONED and len(given.reason) < 3:
                raise BadRequest(NO_REASON, code="no_reason")
            await self._moved(session, case, given, step.to, recordings)

        return await self.do(meeting, who, now, keep)

    async def propose(self, meeting: str, given: ProposalIn, who: Identity, now: datetime) -> NotulaOut:
        """Raises `Conflict` when the window is closed, `NotFound` for a statement that is not there."""

        async def keep(session: AsyncSession, case: Case) -> None:
            step = case.step("propose")
            was = {each.statement.id: each.statement.text for each in placed(versions.content(case.row))}
            if given.statement not in was:
                raise NotFound("Butir itu tidak ada lagi dalam notula ini.", code="statement_gone")
            if len(journal.proposals(journal.of_version(case.moves, case.row.number))) >= MOST_PROPOSALS:
                raise Conflict("Usulan koreksi untuk notula ini sudah terlalu banyak.", code="too_many_proposals")
            said = {"id": secrets.token_hex(8), "statement": given.statement, "was": was[given.statement]}
            doing = Doing("propose", step.to, given.why, {**said, "text": given.text})
            await done(session, case, case.row, doing)

        return await self.do(meeting, who, now, keep)

    async def answer(self, meeting: str, proposal: str, given: AnswerIn, who: Identity, now: datetime) -> NotulaOut:
        """Accepting changes the statement, and initials are due again. Raises `NotFound`, `Conflict`, `BadRequest`."""

        async def keep(session: AsyncSession, case: Case) -> None:
            step = case.step("answer")
            found = _unanswered(case, proposal)
            if not given.accept and len(given.reason) < 3:
                raise BadRequest(NO_REASON, code="no_reason")
            if given.accept:
                content = replaced(versions.content(case.row), found.statement, found.text)
                if content is None:
                    raise Conflict("Butir yang dikoreksi sudah tidak ada.", code="statement_gone")
                versions.rewrite(case.row, content)
            details = {"proposal": proposal, "accepted": given.accept}
            await done(session, case, case.row, Doing("answer", step.to, given.reason, details))

        return await self.do(meeting, who, now, keep)

    async def do(
        self, meeting: str, who: Identity, now: datetime, keep: Callable[[AsyncSession, Case], Awaitable[None]]
    ) -> NotulaOut:
        """Under the write lock: what is read stands until it is kept. Raises what `keep` raises."""
        try:
            async with self.sessions.begin() as session:
                await versions.lock(session)
                await keep(session, await load(session, meeting, who, now))
                await session.flush()
                return await told(await load(session, meeting, who, now))
        except Conflict as conflict:
            if conflict.code != "notula_changed":
                raise
        current = await self.read(meeting, who, now)
        raise Conflict(
            "Naskah notula sudah berubah. Muat versi terbaru, lalu ulangi.",
            code="notula_changed",
            more={"current": current.model_dump(mode="json", by_alias=True)},
        )

    async def _heard(self, meeting: str, given: MoveIn, who: Identity, now: datetime) -> list[Recorded]:
        """Before the transaction: hours of sound take seconds, and nobody could write meanwhile."""
        async with self.sessions() as session:
            case = await load(session, meeting, who, now)
            case.step(given.move)
        return await self.digests.of(meeting)

    async def _moved(
        self, session: AsyncSession, case: Case, given: MoveIn, to: workflow.State, recordings: list[Recorded]
    ) -> None:
        row, details = case.row, {}
        if given.move == "submit":
            await _submit(session, case, given.days)
        elif given.move == "close_window":
            row.window_until = case.at
        elif given.move == "approve":
            details = {"sha256": await _approve(session, case, recordings)}
        elif given.move == "return":
            row.approved = row.sha256 = None
        elif given.move == "amend":
            row = await versions.begin(session, row.meeting_id, row.number + 1, to, versions.content(row), case.at)
        elif given.move == "revoke":
            await self.follow_ups.revoke(session, case.full.meeting, case.now)
        await done(session, case, row, Doing(given.move, to, given.reason, details))


async def told(case: Case) -> NotulaOut:
    """In a thread: of a long notula it takes a tenth of a second."""
    return await asyncio.to_thread(shown, case)


def _draftable(case: Case, replace: bool) -> workflow.Step:
    step = case.step("draft")
    if case.full.meeting.state != "ended":
        raise Conflict("Notula disusun setelah rapat berakhir.", code="meeting_not_ended")
    if case.rows and not replace:
        raise Conflict("Notula rapat ini sudah disusun.", code="already_drafted")
    return step


def _unanswered(case: Case, proposal: str) -> journal.Proposal:
    own = journal.proposals(journal.of_version(case.moves, case.row.number))
    found = next((each for each in own if each.id == proposal), None)
    if found is None:
        raise NotFound("Usulan itu tidak ada.", code="unknown_proposal")
    if found.answer is not None:
        raise Conflict("Usulan itu sudah dijawab.", code="already_answered")
    return found


async def _submit(session: AsyncSession, case: Case, days: int) -> None:
    """With the attendance as it stands now: it may have been corrected since the draft."""
    content = versions.content(case.row)
    await contents.said(session, content)
    now = content.model_copy(update={"attendance": await gathering.attendance(session, case.full)})
    if now != content:
        versions.rewrite(case.row, now)
    until = case.now + timedelta(days=days)
    case.row.window_until = int(until.timestamp() * 1000) if days else None


async def _approve(session: AsyncSession, case: Case, recordings: list[Recorded]) -> str:
    """The text becomes evidence, with what it rests on; SHA-256 of it, to be signed."""
    row: NotulaVersion = case.row
    if not await tracks.is_complete(session, row.meeting_id):
        raise Conflict(
            "Transkrip rapat ini belum lengkap. Tunggu sampai semua suara ditranskripsi.", code="still_heard"
        )
    content = versions.content(row)
    await contents.said(session, content)
    await proving.heard_no_more(session, row.meeting_id)
    proof = await proving.evidence_of(session, content, recordings)
    row.code = row.code or new_code()
    previous = case.sealed[-1].sha256 if case.sealed else None
    document = approved(content, proof, row.code, row.number, previous, case.moves[-1].hash)
    row.approved, row.sha256 = canonical(document).decode(), sha256(document)
    return row.sha256
