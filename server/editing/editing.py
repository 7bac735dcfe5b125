"""One edit, from who asks to who is told: rights, seal, record, conflict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from minutes.record.editing import desk
from minutes.record.editing.desk import Asked, By
from minutes.record.editing.edits import Edit
from minutes.record.errors import LineChanged
from minutes.record.lines import get_line
from minutes.record.models import Line
from minutes.record.ports import LineIndex
from server import record_errors
from server.archive.doubting import described
from server.archive.schemas import LineOut
from server.auth.identity import Identity
from server.db import Sessions
from server.editing.ports import Sealed
from server.editing.schemas import EditOut
from server.errors import Conflict, Forbidden
from server.meetings import policy, repository


class Told(Protocol):
    """Who looks at a meeting's lines."""

    def changed(self, meeting_id: str, change: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Editing:
    sessions: Sessions
    index: LineIndex
    sealed: Sealed
    told: Told

    async def make(
        self, meeting_id: str, who: Identity, id: str, edit: Edit, body: Mapping[str, Any], now: datetime
    ) -> EditOut:
        """Raises `NotFound`, `Forbidden`, `Conflict` (with `current` where a line has changed) and `RecordError`."""
        async with self.sessions() as session:
            await allowed(session, meeting_id, who)
        by = By(who.id, who.name, who.position)
        asked = Asked(id, edit, body, by, now.timestamp(), fresh=token_hex(8))
        try:
            async with self.sessions.begin() as session:
                done = await self._done(session, meeting_id, asked)
        except LineChanged as changed:
            raise await self._conflict(meeting_id, changed) from None
        self.told.changed(meeting_id, done.change)
        async with self.sessions() as session:
            lines, conflicts = await described(session, done.lines), await described(session, done.conflicts)
        return EditOut(edit=done.edit, change=done.change, lines=lines, gone=list(done.gone), conflicts=conflicts)

    async def name(self, line: Line, who: Identity, name: str, position: str, now: datetime) -> LineOut:
        """Who spoke on a shared seat, whatever its line says by now. Raises as `make` does."""
        async with self.sessions() as session:
            await allowed(session, line.meeting_id, who)
        async with self.sessions.begin() as session:
            await desk.lock(session)
            await self._open(session, line.meeting_id)
            by = By(who.id, who.name, who.position)
            done = await desk.name_shared(session, line.id, name, position, by, now.timestamp(), self.index)
            told = (await described(session, [await get_line(session, line.id)]))[0]
        self.told.changed(line.meeting_id, done.change)
        return told

    async def _done(self, session: AsyncSession, meeting_id: str, asked: Asked) -> desk.Done:
        await desk.lock(session)
        if (before := await desk.answered(session, meeting_id, asked)) is not None:
            return before
        await self._open(session, meeting_id)
        return await desk.make(session, meeting_id, asked, self.index)

    async def _open(self, session: AsyncSession, meeting_id: str) -> None:
        if await self.sealed.sealed(session, meeting_id):
            raise Conflict(
                "Notula rapat ini sudah disetujui, jadi transkripnya tidak dapat diubah. Ralat notulanya lebih dahulu.",
                code="transcript_sealed",
            )

    async def _conflict(self, meeting_id: str, changed: LineChanged) -> Conflict:
        """With the line as it stands now, so that whoever typed sees both."""
        async with self.sessions() as session:
            found = await desk.lines_of(session, meeting_id, [changed.line])
            current = await described(session, list(found.values()))
        refusal = record_errors.of(changed)
        shown = current[0].model_dump(mode="json") if current else None
        return Conflict(refusal.detail, refusal.code, {"current": shown})


async def allowed(session: AsyncSession, meeting_id: str, who: Identity) -> None:
    """Raises `NotFound`, `Forbidden`."""
    meeting = (await repository.visible(session, meeting_id, who)).meeting
    if not policy.may_edit_transcript(who, meeting):
        raise Forbidden("Hanya sekretariat penyelenggara yang dapat menyunting transkrip dan membaca riwayatnya.")
