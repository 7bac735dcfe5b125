"""How offices number their letters, how far they have counted, and which numbers were taken."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.db import UtcDateTime


class NumberScheme(SQLModel, table=True):
    """Of an office that has entered its own; the others have the usual one."""

    __tablename__ = "number_scheme"

    office_id: str = Field(primary_key=True, foreign_key="office.id")
    template: str
    classification: str
    unit: str
    office: str
    codes: dict[str, str] = Field(sa_column=Column(JSON, nullable=False), description="Of kinds of papers")
    version: int = Field(default=1, description="Counts its changes")


class NumberCounter(SQLModel, table=True):
    __tablename__ = "number_counter"

    office_id: str = Field(primary_key=True, foreign_key="office.id")
    year: int = Field(primary_key=True)
    last: int = Field(description="The number that was taken last; 0: none yet")


class LetterNumber(SQLModel, table=True):
    """One a meeting and kind of paper. No two letters of an office have the same."""

    __tablename__ = "letter_number"
    __table_args__ = (UniqueConstraint("office_id", "number"),)

    meeting_id: str = Field(primary_key=True, foreign_key="meeting.id")
    kind: str = Field(primary_key=True)
    office_id: str = Field(foreign_key="office.id")
    number: str
    running: int | None = Field(default=None, description="What was counted; null: it was given elsewhere")
    by_id: str = Field(description="Who took it; the name is kept as it was that day")
    by_name: str
    at: datetime = Field(sa_type=UtcDateTime)
