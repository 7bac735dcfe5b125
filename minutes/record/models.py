"""Tracks and lines as they are kept. Names, positions and offices are as they were that day; ids are opaque here."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class Track(SQLModel, table=True):
    """One microphone of one connection. Times are meeting seconds."""

    __tablename__ = "track"

    id: str = Field(primary_key=True, description="The peer's id: recording and transcription share it")
    meeting_id: str = Field(index=True)
    meeting_title: str
    meeting_date: str = Field(description="ISO date in the host office's zone")
    classification: str
    seat_id: str
    office_id: str
    office_name: str = Field(description="Short name")
    seat_label: str
    person_id: str | None = None
    person_name: str | None = None
    position: str | None = None
    known_by: str
    shared: bool = False
    started: float
    heard_until: float = Field(description="Watermark: everything before it is in `line`")
    token: int = Field(default=0, description="Fencing token of the present lease")
    ended: bool = False
    complete: bool = Field(default=False, index=True)
    hints: str = Field(default="", description="Words that were expected in it when it began")
    revised_until: float = Field(default=0.0, description="Everything before it has been heard a second time")
    revised: bool = Field(default=False, description="All of it has been")


class HeardBy(SQLModel, table=True):
    """By what lines were heard, each combination once: `minutes.speech.ports.Recognition` and what it was told."""

    __tablename__ = "heard_by"

    id: str = Field(primary_key=True, description="Of all the rest")
    engine: str
    model: str
    weights: str = Field(description="SHA-256")
    options: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    prompt: str = Field(sa_column=Column(Text, nullable=False))


class Line(SQLModel, table=True):
    """What one seat said between two silences."""

    __tablename__ = "line"
    __table_args__ = (Index("ix_line_meeting_time", "meeting_id", "start", "number"),)

    number: int | None = Field(default=None, primary_key=True, description="Row of the full-text index")
    id: str = Field(unique=True)
    track_id: str = Field(index=True)
    meeting_id: str
    meeting_title: str
    meeting_date: str
    classification: str
    seat_id: str
    office_id: str
    office_name: str
    person_id: str | None = None
    person_name: str | None = None
    position: str | None = None
    known_by: str
    heard_by: str | None = Field(default=None, description="None where nobody kept it")
    start: float
    end: float
    text: str = Field(sa_column=Column(Text, nullable=False))
    stem: str = Field(sa_column=Column(Text, nullable=False), description="Stems, in the order of the words")
    words: list[dict[str, Any]] = Field(
        sa_column=Column(JSON, nullable=False),
        description="{text, start, end, probability}; heard, where otherwise; by 'hand', checked, redacted: `editing`",
    )
    citations: list[dict[str, Any]] = Field(
        default_factory=list,
        sa_column=Column(JSON, nullable=False, server_default="[]"),
        description="Regulations named: {start, end, regulation, article, paragraph, letter, item}",
    )
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"}, description="One more with every change")
    edited: bool = Field(
        default=False, sa_column_kwargs={"server_default": "0"}, description="Its words are as a person left them"
    )


class Edit(SQLModel, table=True):
    """What a person did with the lines of a meeting. Rows are only ever added."""

    __tablename__ = "edit"
    __table_args__ = (UniqueConstraint("meeting_id", "id"),)

    number: int | None = Field(default=None, primary_key=True, description="In the order in which they were made")
    meeting_id: str
    id: str = Field(description="Made by the page, so that what is sent again is not done again")
    kind: str
    asked: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False), description="As it was asked for, whole")
    by_id: str
    by_name: str
    by_position: str
    at: float = Field(description="Unix seconds")
    change: int = Field(description="`LineChange.number` of the meeting when it was done")
    left: list[str] = Field(sa_column=Column(JSON, nullable=False), description="Lines it named and left as they were")


class LineEdit(SQLModel, table=True):
    """What an edit made of one line: `editing.states.State` as data."""

    __tablename__ = "line_edit"

    edit: int = Field(primary_key=True, foreign_key="edit.number")
    line_id: str = Field(primary_key=True, index=True)
    before: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True)), description="None: the line came of it"
    )
    after: dict[str, Any] | None = Field(
        default=None, sa_column=Column(JSON(none_as_null=True)), description="None: the line is gone since"
    )


class LineChange(SQLModel, table=True):
    """A line came, went or changed, or another came beside it; see `changes`."""

    __tablename__ = "line_change"

    meeting_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, description="Of the change in its meeting, from 1 on")
    line_id: str = Field(primary_key=True)
    was: float | None = Field(default=None, description="Where the line started before; None: it was not there")
