"""The transcript as files to take away."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from typing import Literal
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import col

from minutes.record.exports.captions import srt, vtt
from minutes.record.exports.plain import txt
from minutes.record.exports.source import Aside, Said, Source
from minutes.record.exports.structured import structured
from minutes.record.models import Line
from server.auth.models import Office
from server.deps import Who, Wired
from server.meetings import repository as meetings
from server.meetings.models import Meeting
from server.proceedings.course import Kind, Stretch, course
from server.proceedings.store import happened
from server.sound.endpoints import file_name

router = APIRouter(prefix="/api/v1/meetings", tags=["Arsip"])
FILES: dict[str, tuple[str, Callable[[Source], str]]] = {
    "vtt": ("text/vtt; charset=utf-8", vtt),
    "srt": ("application/x-subrip; charset=utf-8", srt),
    "txt": ("text/plain; charset=utf-8", txt),
    "json": ("application/json", structured),
}
ASIDES: dict[Kind, tuple[str, str]] = {
    "suspended": ("rapat diskors", "skors dicabut"),
    "off_record": ("perekaman dijeda: {title}", "perekaman dilanjutkan"),
    "item": ("acara: {title}", ""),
}


@router.get("/{meeting_id}/transcript.{kind}", summary="Unduh transkrip", response_class=Response)
async def transcript_file(
    meeting_id: str, kind: Literal["vtt", "srt", "txt", "json"], who: Who, services: Wired, request: Request
) -> Response:
    """As it stands now; what is redacted is not in it."""
    async with services.sessions() as session:
        meeting = (await meetings.readable(session, meeting_id, who)).meeting
        source = await _source(session, meeting)
    media_type, write = FILES[kind]
    body = (await asyncio.to_thread(write, source)).encode()
    headers = {
        "ETag": '"' + hashlib.sha256(body).hexdigest()[:24] + '"',
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'attachment; filename="{file_name(meeting, kind)}"',
    }
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(body, 200, headers, media_type)


async def _source(session: AsyncSession, meeting: Meeting) -> Source:
    found = await session.scalars(select(Line).where(col(Line.meeting_id) == meeting.id).order_by(col(Line.start)))
    host = await session.get_one(Office, meeting.host_office_id)
    opened = meeting.opened_at or meeting.starts_at
    asides: tuple[Aside, ...] = ()
    if meeting.opened_at is not None:
        moments = await happened(session, meeting.id)
        asides = tuple(_asides(course(moments, meeting.opened_at.timestamp()).stretches))
    return Source(
        meeting_id=meeting.id,
        title=meeting.title,
        host=host.name,
        opened=opened.astimezone(ZoneInfo(meeting.zone)),
        lines=tuple(_said(line) for line in found),
        asides=asides,
    )


def _said(line: Line) -> Said:
    return Said(
        id=line.id,
        speaker=line.person_name,
        position=line.position,
        office=line.office_name,
        start=line.start,
        end=line.end,
        text=line.text,
        words=line.words,
        edited=line.edited,
    )


def _asides(stretches: tuple[Stretch, ...]) -> list[Aside]:
    found = []
    for stretch in stretches:
        begins, ends = ASIDES.get(stretch.kind, ("", ""))
        if begins:
            found.append(Aside(stretch.start, begins.format(title=stretch.title).removesuffix(": ")))
        if ends and stretch.end is not None:
            found.append(Aside(stretch.end, ends))
    return sorted(found, key=lambda aside: aside.at)
