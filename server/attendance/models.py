"""Corrections of attendance lists. Rows are added and never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from server.db import UtcDateTime


class CorrectionRow(SQLModel, table=True):
    __tablename__ = "attendance_correction"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    subject_kind: str = Field(description="person or office")
    subject_id: str
    change: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False), description="The fields that it sets")
    withdraws: int | None = Field(default=None, foreign_key="attendance_correction.id")
    reason: str
    by_id: str = Field(description="Who made it; name and position are kept as they were that day")
    by_name: str
    by_position: str
    at: datetime = Field(sa_type=UtcDateTime)
