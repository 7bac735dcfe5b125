"""Uploaded recordings. A row stays when its meeting is made: it says which file the meeting's sound comes from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Column
from sqlmodel import Field, SQLModel

from server.db import UtcDateTime


class Upload(SQLModel, table=True):
    __tablename__ = "upload"

    id: str = Field(primary_key=True)
    title: str
    starts_at: datetime = Field(sa_type=UtcDateTime)
    zone: str
    host_office_id: str = Field(foreign_key="office.id", index=True)
    offices: list[str] = Field(sa_column=Column(JSON, nullable=False), description="Invited besides the host")
    uploaded_by: str = Field(description="Name, as it was that day")
    file_name: str
    size: int = Field(sa_type=BigInteger, description="Bytes")
    fingerprint: str = Field(description="By which the page knows the file again; not proof of anything")
    state: str = Field(index=True, description="`states.State`")
    reason: str | None = Field(default=None, description="Why it failed")
    created_at: datetime = Field(sa_type=UtcDateTime)
    touched_at: datetime = Field(sa_type=UtcDateTime, description="When something of it came last")
    meeting_id: str = Field(description="The meeting that it will become")
    track_id: str
    token: int = Field(default=0, description="Fencing token of the present try at preparing it")
    attempts: int = Field(default=0, description="Tries that broke down")
    length: float | None = Field(default=None, description="Seconds of sound")
    cut_short: bool = Field(default=False, description="The file names a greater length than it holds")
    sha256: str | None = Field(default=None, description="Of the file as it was received")
