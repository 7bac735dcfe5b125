"""Tracks and lines as they are kept. Names, positions and offices are as they were that day; ids are opaque here."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Column, Index, Text
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
        sa_column=Column(JSON, nullable=False), description="{text, start, end, probability}; heard, where otherwise"
    )
    citations: list[dict[str, Any]] = Field(
        default_factory=list,
        sa_column=Column(JSON, nullable=False, server_default="[]"),
        description="Regulations named: {start, end, regulation, article, paragraph, letter, item}",
    )


class LineChange(SQLModel, table=True):
    """A line came, went or changed, or another came beside it; see `changes`."""

    __tablename__ = "line_change"

    meeting_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, description="Of the change in its meeting, from 1 on")
    line_id: str = Field(primary_key=True)
    was: float | None = Field(default=None, description="Where the line started before; None: it was not there")
