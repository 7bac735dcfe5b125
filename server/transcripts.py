"""`scribing.Record` and `revising.Record` on the database: leases, lines with their index, captions made of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from minutes.record import changes, revision, tracks
from minutes.record.models import Line
from minutes.record.ports import LineIndex
from minutes.speech import lexicon
from minutes.speech.ports import Recognition, Utterance
from server.db import Sessions
from server.meetings.models import Meeting
from server.proceedings.speaking import TELLING, speaker, speaking
from server.proceedings.store import happened
from server.scribing import Lease
from server.signalling.messages import Caption
from server.subjects import subject_of

UNASSIGNED = "pembicara belum ditetapkan"


class DatabaseRecord:
    """`changed`: hears of every meeting whose lines have changed, with the number of the change."""

    def __init__(
        self, sessions: Sessions, index: LineIndex, changed: Callable[[str, int], None] = lambda meeting, change: None
    ) -> None:
        self._sessions, self._index, self._changed = sessions, index, changed

    async def lease(self, track: str) -> Lease:
        hints = await self._hints(track)
        async with self._sessions.begin() as session:
            found = await tracks.take_lease(session, track)
            found.hints = hints
            return Lease(found.id, found.meeting_id, found.token, found.heard_until, hints)

    async def store(
        self, track: str, token: int, until: float, said: Sequence[Utterance], by: Recognition | None
    ) -> list[tuple[str, Caption]]:
        async with self._sessions.begin() as session:
            lines = await tracks.store(session, track, token, until, said, self._index, by)
            await _by_floor(session, lines)
            change = await _change(session, lines)
        self._tell(lines, change)
        return [(line.meeting_id, caption(line)) for line in lines]

    async def finish(self, track: str, token: int) -> None:
        async with self._sessions.begin() as session:
            await tracks.finish(session, track, token)

    async def end(self, track: str) -> None:
        async with self._sessions.begin() as session:
            await tracks.end_track(session, track)

    async def unfinished(self) -> list[str]:
        async with self._sessions() as session:
            return [track.id for track in await tracks.unfinished(session)]

    # --- a second time (server.revising.Record) ---

    async def next_unrevised(self) -> Lease | None:
        async with self._sessions() as session:
            found = await revision.next_unrevised(session)
            if found is None:
                return None
            hints = lexicon.hints(await subject_of(session, found))
        async with self._sessions.begin() as session:
            track = await tracks.take_lease(session, found.id)
            return Lease(track.id, track.meeting_id, track.token, track.revised_until, hints)

    async def revise(
        self, track: str, token: int, until: float, said: Sequence[Utterance], by: Recognition | None
    ) -> None:
        async with self._sessions.begin() as session:
            lines = await revision.revise(session, track, token, until, said, self._index, by)
            await _by_floor(session, lines)
            change = await _change(session, lines)
        self._tell(lines, change)

    async def finish_revision(self, track: str, token: int) -> None:
        async with self._sessions.begin() as session:
            await revision.finish(session, track, token)

    def _tell(self, lines: Sequence[Line], change: int) -> None:
        if lines:
            self._changed(lines[0].meeting_id, change)

    async def _hints(self, track: str) -> str:
        """As they were when it began: whoever hears what another one began hears the same words."""
        async with self._sessions() as session:
            found = await tracks.get_track(session, track)
            return found.hints or lexicon.hints(await subject_of(session, found))


async def _change(session: AsyncSession, lines: Sequence[Line]) -> int:
    return await changes.newest(session, lines[0].meeting_id) if lines else 0


async def _by_floor(session: AsyncSession, lines: Sequence[Line]) -> None:
    """In the transaction that keeps them: while a delegation has the floor its lines are whose it says."""
    unnamed = [line for line in lines if line.known_by == "unassigned"]
    meeting = await session.get(Meeting, unnamed[0].meeting_id) if unnamed else None
    if meeting is None or meeting.opened_at is None:
        return
    turns = speaking(await happened(session, meeting.id, TELLING), meeting.opened_at.timestamp())
    for line in unnamed:
        if (found := speaker(turns, line.seat_id, line.start, line.end)) is not None:
            line.person_name, line.position, line.known_by = found.name, found.position, "given_floor"


def caption(line: Line) -> Caption:
    return Caption(
        line=line.id,
        seat=line.seat_id,
        speaker=line.person_name or UNASSIGNED,
        office=line.office_name,
        start=line.start,
        end=line.end,
        text=line.text,
    )
