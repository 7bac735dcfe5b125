"""A meeting's sound as one track, and how it looks."""

from __future__ import annotations

import asyncio
import base64
import unicodedata
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from minutes.speech.peaks import PER_SECOND
from server.archive.telling import told
from server.auth.identity import Identity
from server.deps import Who, Wired
from server.errors import Conflict, NotFound
from server.meetings import repository as meetings
from server.meetings.models import Meeting
from server.services import Services
from server.sound import repository
from server.sound.keeper import Mixed

router = APIRouter(prefix="/api/v1/meetings", tags=["Arsip"])
MAKING: dict[int | str, dict[str, Any]] = {
    202: {"description": "It is being made: `{share}`, 0 to 1. Ask again in a second"},
    404: {"description": "`no_sound`: nothing of it is recorded"},
    409: {"description": "`meeting_goes_on`"},
    503: {"description": "`busy`: the sound of other meetings is being made"},
    507: {"description": "`no_room`: the server's disk is full"},
}


class Making(BaseModel):
    share: float = Field(description="How much is made, 0 to 1")


class Peaks(BaseModel):
    """The loudest moment of every part of a second, one byte each."""

    per_second: int
    seconds: float
    peaks: str = Field(description="Base64 of bytes, 0 silent to 255")


@router.get("/{meeting_id}/peaks", summary="Gambar suara rapat", response_model=Peaks, responses=MAKING)
async def meeting_peaks(meeting_id: str, who: Who, services: Wired, request: Request) -> Response:
    """Of all microphones together; what is redacted is silent."""
    meeting, found = await _wanted(meeting_id, who, services)
    if isinstance(found, float):
        return _making(found)
    drawn = base64.b64encode(await asyncio.to_thread(found.peaks.read_bytes)).decode()
    return await told(Peaks(per_second=PER_SECOND, seconds=_lasted(meeting), peaks=drawn), request)


@router.get(
    "/{meeting_id}/sound",
    summary="Suara rapat",
    response_class=FileResponse,
    responses={
        **MAKING,
        304: {"description": "Unchanged"},
        200: {"content": {"audio/webm": {}}, "description": "Opus in WebM, all microphones in one"},
    },
)
async def meeting_sound(
    meeting_id: str,
    who: Who,
    services: Wired,
    request: Request,
    download: Annotated[bool, Query(description="To keep, not to play")] = False,
) -> Response:
    """Times are meeting times; what is redacted is silent. In parts for who asks for one (RFC 9110, section 14)."""
    meeting, found = await _wanted(meeting_id, who, services)
    if isinstance(found, float):
        return _making(found)
    headers = {"ETag": f'"{found.tag}"', "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    name = file_name(meeting) if download else None
    return FileResponse(found.sound, headers=headers, media_type="audio/webm", filename=name)


async def _wanted(meeting_id: str, who: Identity, services: Services) -> tuple[Meeting, Mixed | float]:
    async with services.sessions() as session:
        meeting = (await meetings.readable(session, meeting_id, who)).meeting
        parts = await repository.parts(session, meeting_id, services.settings.recordings)
    if meeting.state != "ended":
        raise Conflict("Suara rapat tersedia setelah rapat berakhir.", code="meeting_goes_on")
    if not parts or _lasted(meeting) <= 0:
        raise NotFound("Rapat ini tidak memiliki rekaman suara.", code="no_sound")
    return meeting, await services.sound.wanted(meeting_id, _lasted(meeting), parts)


def _making(share: float) -> Response:
    body = Making(share=round(share, 3)).model_dump_json()
    return Response(body, 202, {"Retry-After": "1", "Cache-Control": "no-store"}, "application/json")


def _lasted(meeting: Meeting) -> float:
    if meeting.opened_at is None or meeting.ended_at is None:
        return 0.0
    return (meeting.ended_at - meeting.opened_at) / timedelta(seconds=1)


def file_name(meeting: Meeting, kind: str = "webm") -> str:
    """In plain letters, so that every system takes it."""
    plain = unicodedata.normalize("NFKD", meeting.title).encode("ascii", "ignore").decode()
    words = "-".join("".join(c if c.isalnum() else " " for c in plain.lower()).split())[:60].strip("-")
    return f"rakor-{(meeting.opened_at or meeting.starts_at).date().isoformat()}-{words or 'rapat'}.{kind}"
