"""Editing a transcript: edits, what a replacement would do, and what was done with a line."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter

from minutes.record import lines
from minutes.record.editing import history
from minutes.record.editing.replacing import replaced
from minutes.record.lines import Brief
from server.deps import Member, Wired
from server.editing import schemas
from server.editing.editing import allowed
from server.editing.schemas import MOST_HITS, EditIn, EditOut, HistoryEntry, Hit, Preview, Wanted
from server.errors import NotFound
from server.http import Problem

router = APIRouter(prefix="/api/v1", tags=["Penyuntingan"])
CONFLICT: dict[int | str, dict[str, Any]] = {
    409: {
        "model": Problem,
        "description": "`line_changed` with `current`, the line as it stands now or null; `transcript_sealed`; "
        "`edit_id_taken`; and where lines do not belong together",
    }
}


@router.post("/meetings/{meeting_id}/edits", summary="Sunting transkrip", responses=CONFLICT)
async def edit(meeting_id: str, given: EditIn, who: Member, services: Wired) -> EditOut:
    """One edit, made for one version of the lines it names: another version is refused, and nothing is written over.

    An edit that is sent again after a lost answer is not done again: it is answered with its lines as they stand now.
    """
    body = given.model_dump(mode="json", by_alias=True)
    return await services.editing.make(meeting_id, who, given.id, given.edit(), body, services.now())


@router.post("/meetings/{meeting_id}/edits/preview", summary="Pratinjau cari dan ganti")
async def preview(meeting_id: str, given: Wanted, who: Member, services: Wired) -> Preview:
    """What a replacement would make of every line that it finds."""
    async with services.sessions() as session:
        await allowed(session, meeting_id, who)
        found = await lines.briefs(session, meeting_id)
    return await asyncio.to_thread(_preview, found, given)


@router.get("/lines/{line_id}/history", summary="Riwayat satu baris")
async def line_history(line_id: str, who: Member, services: Wired) -> list[HistoryEntry]:
    """From the machine's words on, also of a line that is gone, with that of the lines it came of or took up."""
    async with services.sessions() as session:
        meeting = await history.meeting_of(session, line_id) or ""
        try:
            await allowed(session, meeting, who)
        except NotFound:  # of lines of others' meetings nothing is told, not even that there are any
            raise NotFound("Baris itu tidak ditemukan.") from None
        return [schemas.entry(each) for each in await history.of_line(session, meeting, line_id)]


def _preview(found: list[Brief], given: Wanted) -> Preview:
    wanted = given.wanted()
    hits: list[Hit] = []
    for line in found:
        after = replaced(line.text, wanted, given.put)
        if after != line.text and len(hits) == MOST_HITS:
            return Preview(hits=hits, more=True)
        if after != line.text:
            hits.append(Hit(line=line.id, version=line.version, before=line.text, after=after))
    return Preview(hits=hits, more=False)
