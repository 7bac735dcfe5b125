"""Meetings and whom they invite."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from server.db import UtcDateTime

# When a meeting may start. Near the ends of the calendar a moment has no local time in some zones (`OverflowError`).
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)


class Meeting(SQLModel, table=True):
    __tablename__ = "meeting"

    id: str = Field(primary_key=True)
    title: str
    state: str = Field(index=True, description="scheduled, open or ended")
    classification: str = "biasa"
    zone: str = Field(description="IANA zone of the hosting office")
    host_office_id: str = Field(foreign_key="office.id")
    starts_at: datetime = Field(sa_type=UtcDateTime, description="From EARLIEST until before LATEST")
    agenda: list[dict[str, Any]] = Field(
        default_factory=list,
        sa_column=Column(JSON, nullable=False, server_default="[]"),
        description="As planned (`schemas.AgendaItem`); what became of it stands in the room's events",
    )
    waits: str = Field(default="nobody", description="Who must be let in: nobody, guests or everybody")
    quorum: int = Field(default=0, description="How many of the invited offices must be present; 0: there is no rule")
    previous_id: str | None = Field(
        default=None, foreign_key="meeting.id", description="What that meeting left to be done is on the table in this"
    )
    opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MeetingOffice(SQLModel, table=True):
    """An invited office."""

    __tablename__ = "meeting_office"

    meeting_id: str = Field(primary_key=True, foreign_key="meeting.id")
    office_id: str = Field(primary_key=True, foreign_key="office.id", index=True)
