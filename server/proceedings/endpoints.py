"""What happened in a meeting besides words: its course."""

from __future__ import annotations

from fastapi import APIRouter

from server.deps import Who, Wired
from server.meetings import repository
from server.proceedings.course import course
from server.proceedings.schemas import CourseOut
from server.proceedings.store import happened

router = APIRouter(prefix="/api/v1/meetings", tags=["Jalannya rapat"])


@router.get("/{meeting_id}/course", summary="Jalannya rapat")
async def meeting_course(meeting_id: str, who: Who, services: Wired) -> CourseOut:
    """What was under discussion when, who had the floor, when nothing was recorded, and the outcomes."""
    async with services.sessions() as session:
        meeting = (await repository.readable(session, meeting_id, who)).meeting
        found = await happened(session, meeting_id) if meeting.opened_at is not None else []
    opened_at = meeting.opened_at.timestamp() if meeting.opened_at is not None else 0.0
    return CourseOut.of(meeting_id, course(found, opened_at))
