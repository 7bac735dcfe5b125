"""What meetings left to be done: items of a signed notula, what each office does of them, and all that happened."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from server.db import UtcDateTime


class FollowUpRow(SQLModel, table=True):
    """An item as the newest signed notula says it; the offices that do it have rows of their own."""

    __tablename__ = "follow_up"
    __table_args__ = (UniqueConstraint("meeting_id", "statement_id", name="uq_follow_up_statement"),)

    id: str = Field(primary_key=True)
    meeting_id: str = Field(foreign_key="meeting.id", index=True)
    statement_id: str = Field(description="Its id in the notula: by it an amended one finds it again")
    number: int = Field(description="Its place in the notula, from 1")
    text: str
    category: str
    priority: str
    due: date | None = Field(default=None, description="To the end of that day in the zone of the office that does it")
    owners: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False), description="In words")
    related: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False), description="In words")
    source: dict[str, Any] = Field(
        default_factory=dict,
        sa_column=Column(JSON, nullable=False),
        description="The decision or direction that it follows from: kind, number, text, basis; empty: none",
    )
    cites: list[str] = Field(
        default_factory=list, sa_column=Column(JSON, nullable=False), description="Lines of the transcript"
    )
    restricted: bool = Field(description="Only for the host and who does it: the meeting or its notula is not `biasa`")
    withdrawn: bool = Field(default=False, description="The newest notula does not say it any more")
    taken_at: datetime = Field(sa_type=UtcDateTime)


class ItemRow(SQLModel, table=True):
    """What one office does of it."""

    __tablename__ = "follow_up_item"
    __table_args__ = (UniqueConstraint("follow_up_id", "office_id", name="uq_follow_up_item_office"),)

    id: str = Field(primary_key=True)
    follow_up_id: str = Field(foreign_key="follow_up.id", index=True)
    office_id: str = Field(foreign_key="office.id", index=True)
    status: str = Field(description="`rules.Status`")
    percent: int = 0
    remark: str = Field(default="", description="The last one that its office wrote")
    reported_by: str | None = Field(default=None, description="Person who reported it done")
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    verified_by: str = Field(default="", description="Name and position as they were; empty: nobody did")
    verified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    withdrawn: bool = Field(default=False, description="Ended by an amended notula")
    version: int = Field(default=1, description="Counts its changes")


class ChangeRow(SQLModel, table=True):
    """One thing that happened to an item. Rows are added and never changed."""

    __tablename__ = "follow_up_change"

    id: int | None = Field(default=None, primary_key=True)
    item_id: str = Field(foreign_key="follow_up_item.id", index=True)
    kind: str = Field(
        description="A move of `rules`, or taken, amended, withdrawn, restored, meeting, evidence, removed"
    )
    text: str = Field(default="", description="Remark or reason")
    before: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    after: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    by_id: str = Field(default="", description="Empty: not a person but a notula or a meeting, which `by_name` names")
    by_name: str
    by_position: str = ""
    by_office: str = ""
    at: datetime = Field(sa_type=UtcDateTime)


class EvidenceRow(SQLModel, table=True):
    """A file or a link that shows it was done. What is taken away stays on disk and in the history."""

    __tablename__ = "follow_up_evidence"

    id: str = Field(primary_key=True)
    item_id: str = Field(foreign_key="follow_up_item.id", index=True)
    name: str = Field(description="Of the file as it was called, or what a link is called")
    url: str = Field(default="", description="Of a link")
    kind: str = Field(default="", description="Media type of a file, by its content")
    size: int = Field(default=0, description="Bytes")
    sha256: str = ""
    removed: bool = False
    by_name: str
    at: datetime = Field(sa_type=UtcDateTime)


class ReminderRow(SQLModel, table=True):
    """That somebody was reminded of an item on an occasion: never twice."""

    __tablename__ = "follow_up_reminder"

    item_id: str = Field(primary_key=True, foreign_key="follow_up_item.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    occasion: str = Field(primary_key=True, description="Due day and what is due: `2026-12-05:before-7`")
    state: str = Field(description="sending, sent, waiting (to be tried again), refused, unsure (never tried again)")
    attempts: int = 0
    again_at: datetime | None = Field(default=None, sa_type=UtcDateTime, description="Of one that waits")
    at: datetime = Field(sa_type=UtcDateTime)
