"""What happened in a meeting besides words: its course and who attended."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from server.deps import Member, Who, Wired
from server.errors import NotFound
from server.meetings import repository
from server.proceedings.attending import as_csv, attendance
from server.proceedings.course import course
from server.proceedings.presence import presence
from server.proceedings.schemas import Attendance, CourseOut
from server.proceedings.store import happened

router = APIRouter(prefix="/api/v1/meetings", tags=["Jalannya rapat"])
FORMATS: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {}}}}


@router.get("/{meeting_id}/course", summary="Jalannya rapat")
async def meeting_course(meeting_id: str, who: Who, services: Wired) -> CourseOut:
    """What was under discussion when, who had the floor, when nothing was recorded, and the outcomes."""
    async with services.sessions() as session:
        meeting = (await repository.visible(session, meeting_id, who)).meeting
        found = await happened(session, meeting_id) if meeting.opened_at is not None else []
    opened_at = meeting.opened_at.timestamp() if meeting.opened_at is not None else 0.0
    return CourseOut.of(meeting_id, course(found, opened_at))


@router.get("/{meeting_id}/attendance", summary="Daftar hadir", response_model=Attendance, responses=FORMATS)
async def meeting_attendance(
    meeting_id: str,
    who: Member,
    services: Wired,
    format: Annotated[Literal["json", "csv"], Query(description="csv: a file for spreadsheets")] = "json",
) -> Attendance | Response:
    """Who was there, office by office, with every coming and going; while the meeting goes on, up to now."""
    async with services.sessions() as session:
        full = await repository.visible(session, meeting_id, who)
        meeting = full.meeting
        log = await happened(session, meeting_id) if meeting.opened_at is not None else []
    if not log or meeting.opened_at is None:
        raise NotFound("Daftar hadir rapat ini belum ada, atau rapat ini diunggah sebagai rekaman.", code="not_kept")
    opened_at = meeting.opened_at.timestamp()
    until = (meeting.ended_at or services.now()).timestamp()
    found = attendance(meeting_id, full.host, full.invited, presence(log, opened_at, until))
    if format == "json":
        return found
    name = f'attachment; filename="daftar-hadir-{meeting_id}.csv"'
    return Response(as_csv(found), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})
