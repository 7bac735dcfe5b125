"""The archive: transcripts, the sound of a line, who spoke, and search."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from minutes.record import lines
from minutes.record.flags import Kind
from minutes.record.models import Line
from minutes.search.query import parse
from minutes.search.scope import Scope
from minutes.speech.audio import RecordedTrack
from minutes.speech.clips import NothingRecorded, cut
from server.archive import schemas
from server.archive.ranges import asked
from server.archive.schemas import Found, HeardByOut, LineOut, SpeakerName, Transcript, hit
from server.archive.telling import told
from server.auth.identity import Identity
from server.deps import Member, Who, Wired
from server.errors import NotFound
from server.meetings import repository
from server.meetings.endpoints import get_meeting
from server.services import Services

MOST_CHANGES = 10**15  # that a number may name: more than any database counts
MARGIN_S = 0.2  # of sound before and after a line, so that no consonant is cut off
router = APIRouter(prefix="/api/v1", tags=["Arsip"])
AUDIO: dict[int | str, dict[str, Any]] = {
    200: {"content": {"audio/webm": {}}, "description": "Opus in WebM"},
    206: {"description": "The part that was asked for: what browsers need to play from the middle"},
    304: {"description": "Unchanged"},
}


@router.get(
    "/meetings/{meeting_id}/transcript",
    summary="Transkrip rapat",
    response_model=Transcript,
    responses={304: {"description": "Unchanged"}},
)
async def transcript(
    meeting_id: str,
    who: Who,
    services: Wired,
    request: Request,
    after: Annotated[
        str | None, Query(description="`next` of the page before, or the id of a line", max_length=64)
    ] = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="Lines to read")] = 200,
    flagged: Annotated[
        list[Kind] | None, Query(description="Of the lines read only those with a flag of one of these kinds")
    ] = None,
    since: Annotated[
        int | None, Query(ge=0, le=MOST_CHANGES, description="Of the lines only those that changed after this `change`")
    ] = None,
) -> Response:
    """Lines in the order spoken, with every word's time and doubt, and flags where a person should look.

    Whoever has read all of it asks for what is new or different with `since`: the `change` of the first page they read.
    """
    meeting = await get_meeting(meeting_id, who, services)
    async with services.sessions() as session:
        await repository.readable(session, meeting_id, who)
        found = await lines.transcript(session, meeting_id, after, limit, since)
        read = await services.shelf.written(session, found.lines)
    answer = Transcript(
        meeting=meeting,
        lines=[],
        next=found.next,
        complete=meeting.transcript_complete,
        change=found.change,
        gone=list(found.gone),
    )
    shown = (line.json for line in read if not flagged or not line.kinds.isdisjoint(flagged))
    return await told(answer, request, {"lines": b",".join(shown)})


@router.get("/lines/{line_id}/audio", summary="Suara satu baris", response_class=Response, responses=AUDIO)
async def line_audio(line_id: str, who: Who, services: Wired, request: Request) -> Response:
    """The recorded sound of a line, cut from its own seat's track and not re-encoded; what of it is on disk already."""
    line = await _visible_line(line_id, who, services)
    start, end = max(0.0, line.start - MARGIN_S), line.end + MARGIN_S
    track = RecordedTrack(services.settings.recordings / line.meeting_id / line.track_id)
    tag = '"' + hashlib.sha256(f"{line.id} {start} {end}".encode()).hexdigest()[:24] + '"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=86400"}
    if await asyncio.to_thread(lambda: track.until) < line.end:
        headers = {"Cache-Control": "no-store"}  # a part of the line: the whole of it must not be taken for the same
    elif request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    try:
        clip = await asyncio.to_thread(cut, track, start, end)
    except NothingRecorded:
        raise NotFound("Suara baris ini tidak tersimpan.", code="no_sound") from None
    return _in_parts(clip, request, headers) if "ETag" in headers else Response(clip, 200, headers, "audio/webm")


@router.get("/lines/{line_id}/heard-by", summary="Mesin yang mendengar satu baris")
async def heard_by(line_id: str, who: Who, services: Wired) -> HeardByOut:
    """Engine, model, options and prompt: what it takes to make the line again from its sound."""
    line = await _visible_line(line_id, who, services)
    async with services.sessions() as session:
        found = await lines.heard_by(session, line)
    if found is None:
        raise NotFound("Tidak tercatat mesin mana yang mendengar baris ini.", code="not_kept")
    return schemas.heard_by(found)


@router.patch("/lines/{line_id}/speaker", summary="Tetapkan pembicara")
async def name_speaker(line_id: str, given: SpeakerName, who: Member, services: Wired) -> LineOut:
    """For a shared seat's line, by the secretariat of the hosting office."""
    line = await _visible_line(line_id, who, services)
    return await services.editing.name(line, who, given.name, given.position, services.now())


@router.get("/search", summary="Cari dalam arsip")
async def search(
    who: Who,
    services: Wired,
    q: Annotated[str, Query(max_length=400, examples=["menyelesaikan sengketa"])],
    cursor: Annotated[str | None, Query(max_length=400)] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    meeting: Annotated[str | None, Query(max_length=64)] = None,
) -> Found:
    """Words in any form, `"exact phrases"` in quotes; only meetings the caller may see are searched or counted."""
    query = parse(q)
    async with services.sessions() as session:
        scope = Scope(meetings=await repository.visible_ids(session, who))
        page = await services.index.search(session, query, scope, cursor, limit, meeting)
    return Found(
        query=q,
        total=page.total,
        total_is_exact=page.total_is_exact,
        items=[hit(line, query) for line in page.items],
        next=page.next,
    )


async def _visible_line(line_id: str, who: Identity, services: Services) -> Line:
    async with services.sessions() as session:
        line = await lines.get_line(session, line_id)
        await repository.readable(session, line.meeting_id, who)
        return line


def _in_parts(clip: bytes, request: Request, headers: dict[str, str]) -> Response:
    """A sound that stays as it is, or the part of it that is asked for."""
    headers = {**headers, "Accept-Ranges": "bytes"}
    unchanged = request.headers.get("if-range", headers["ETag"]) == headers["ETag"]
    part = asked(request.headers.get("range"), len(clip)) if unchanged else None
    if part is None:
        return Response(clip, 200, headers, "audio/webm")
    return Response(clip[part.first : part.end], 206, {**headers, "Content-Range": part.header}, "audio/webm")
