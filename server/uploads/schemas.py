"""Uploads over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field
from pydantic_core import PydanticCustomError

from server.auth.schemas import Closed, Trimmed
from server.meetings.schemas import within_the_calendar
from server.uploads.models import Upload
from server.uploads.states import State

SUFFIXES = (
    ".mp4",
    ".m4a",
    ".mov",
    ".3gp",
    ".mkv",
    ".webm",
    ".mp3",
    ".ogg",
    ".oga",
    ".opus",
    ".wav",
    ".flac",
    ".aac",
    ".amr",
)
"""What recorders and telephones leave behind; whether it is what it says is found out when it is read."""


def _is_media(name: str) -> str:
    if PurePath(name).suffix.lower() not in SUFFIXES:
        raise PydanticCustomError("not_media", "Berkas ini bukan rekaman suara atau video yang dikenal.")
    return name


class NewUpload(Closed):
    title: Trimmed = Field(min_length=3, max_length=200, examples=["Rakor Evaluasi Verifikasi Faktual"])
    starts_at: Annotated[AwareDatetime, AfterValidator(within_the_calendar)] = Field(
        description="When the recording begins"
    )
    zone: str | None = Field(None, description="IANA zone; the hosting office's when absent")
    offices: list[str] = Field(default=[], max_length=600, description="Who may read it, besides the caller's office")
    file_name: Annotated[Trimmed, AfterValidator(_is_media)] = Field(min_length=1, max_length=255)
    size: int = Field(ge=1, description="Bytes")
    fingerprint: str = Field("", max_length=64, description="By which the page knows the file again")


class UploadOut(BaseModel):
    id: str
    title: str
    starts_at: datetime
    uploaded_by: str
    file: str = Field(description="Where its bytes go, by tus 1.0")
    file_name: str
    size: int
    fingerprint: str
    state: State
    received: int = Field(description="Bytes on disk")
    busy: bool = Field(description="Somebody is sending it at this moment")
    share: float = Field(description="How much of what its state stands for is done, 0 to 1")
    problem: str | None = Field(description="Why it failed, or what holds it up", examples=["no_sound", "disk_full"])
    cut_short: bool = Field(description="The file names a greater length than it holds")
    length: float | None = Field(description="Seconds of sound, once that is known")
    heard_until: float = Field(description="Up to which second it is transcribed")
    meeting_id: str | None = Field(description="Its meeting, once there is one")
    expires_at: datetime | None = Field(description="When it is given up unless more of it comes")


class UploadList(BaseModel):
    items: list[UploadOut]
    most: int = Field(description="Bytes of the largest recording that may be uploaded")


@dataclass(frozen=True, slots=True)
class Standing:
    """How it is with an upload now: bytes here, share of its file that was read, seconds heard."""

    received: int
    busy: bool
    prepared: float
    heard: float
    held_up: str | None
    """Why nothing moves."""


def shown(upload: Upload, now: Standing, days: int) -> UploadOut:
    state, length = State(upload.state), upload.length or 0.0
    share = {
        State.RECEIVING: now.received / upload.size,
        State.PREPARING: now.prepared,
        State.TRANSCRIBING: now.heard / length if length else 0.0,
        State.DONE: 1.0,
        State.FAILED: 0.0,
    }[state]
    return UploadOut(
        id=upload.id,
        title=upload.title,
        starts_at=upload.starts_at,
        uploaded_by=upload.uploaded_by,
        file=f"/api/v1/uploads/{upload.id}/file",
        file_name=upload.file_name,
        size=upload.size,
        fingerprint=upload.fingerprint,
        state=state,
        received=now.received if state is State.RECEIVING else upload.size,
        busy=now.busy,
        share=round(min(1.0, share), 4),
        problem=upload.reason or now.held_up,
        cut_short=upload.cut_short,
        length=upload.length,
        heard_until=min(now.heard, length),
        meeting_id=upload.meeting_id if state in (State.TRANSCRIBING, State.DONE) else None,
        expires_at=expires_at(upload, days) if state is State.RECEIVING else None,
    )


def expires_at(upload: Upload, days: int) -> datetime:
    return upload.touched_at + timedelta(days=days)
