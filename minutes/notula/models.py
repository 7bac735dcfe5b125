"""A meeting's notula as it is kept: versions, what was done with them, and what was sealed and printed.

Nothing that happened is changed afterwards: moves, sealed versions and exports are only added (triggers of the database
hold it, see migration 0012), and each is hashed over the one before. Moments are Unix milliseconds. Ids of people are
opaque; names and positions are as they were that day.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Column, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field, SQLModel


class NotulaVersion(SQLModel, table=True):
    """`content`: `content.Content` as JSON."""

    __tablename__ = "notula_version"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: str = Field(index=True)
    number: int = Field(description="From 1; an amendment is the next")
    state: str = Field(description="`workflow.State`")
    revision: int = Field(description="Of the content, from 1")
    content: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))
    window_until: int | None = Field(
        default=None, sa_type=BigInteger, description="Participants may propose until then"
    )
    code: str | None = Field(default=None, unique=True, description="Under which the public may verify it")
    approved: str | None = Field(
        default=None, sa_column=Column(Text, nullable=True), description="What is signed, canonical; null: not approved"
    )
    sha256: str | None = Field(default=None, description="Of what is signed; once sealed, of what was sealed")
    created_at: int = Field(sa_type=BigInteger)


class NotulaDuties(SQLModel, table=True):
    """Who does what with a meeting's notula; `given`: `duties.Given` as JSON."""

    __tablename__ = "notula_duties"

    meeting_id: str = Field(primary_key=True)
    given: dict[str, Any] = Field(sa_column=Column(JSON, nullable=False))


class NotulaMove(SQLModel, table=True):
    """What somebody did. Initials, signatures, proposals and answers are moves with `details`."""

    __tablename__ = "notula_move"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: str = Field(index=True)
    number: int = Field(description="In its meeting, from 1")
    version: int
    move: str = Field(description="`workflow.Move`")
    before: str = Field(description="State before it; none: there was no version")
    after: str
    by_id: str
    by_name: str
    by_position: str
    reason: str = Field(default="", sa_column=Column(Text, nullable=False))
    details: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    content_sha256: str = Field(description="Of the content as it was afterwards")
    at: int = Field(sa_type=BigInteger)
    previous: str = Field(description="`hash` of the move before in its meeting; empty for the first")
    hash: str = Field(description="SHA-256 of all the rest")


class NotulaSealed(SQLModel, table=True):
    """A version as two people signed it. `document`: the sealed JSON, canonical."""

    __tablename__ = "notula_sealed"
    __table_args__ = (UniqueConstraint("meeting_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: str = Field(index=True)
    version: int
    code: str = Field(unique=True)
    sha256: str = Field(unique=True)
    previous: str | None = Field(default=None, description="`sha256` of the version sealed before it")
    document: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    at: int = Field(sa_type=BigInteger)


class NotulaExport(SQLModel, table=True):
    """A file that was printed of a sealed version and is kept."""

    __tablename__ = "notula_export"
    __table_args__ = (UniqueConstraint("meeting_id", "version", "file"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: str = Field(index=True)
    version: int
    kind: str = Field(description="pdf or docx")
    file: str = Field(description="Its name beside the others of this version")
    bytes: int
    sha256: str = Field(index=True)
    at: int = Field(sa_type=BigInteger)
    previous: str = Field(description="`hash` of the export before in its meeting, or `sha256` of the sealed version")
    hash: str
