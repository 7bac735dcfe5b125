"""The append-only table that rooms are functions of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel

from server.db import UtcDateTime


class RoomEventRow(SQLModel, table=True):
    __tablename__ = "room_event"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    at: datetime = Field(sa_type=UtcDateTime)
    type: str
    body: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
