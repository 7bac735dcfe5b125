"""Offices, people with their positions over time, and their sign-ins."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import false, text
from sqlmodel import Field, SQLModel

from server.db import UtcDateTime

LEVELS = ("pusat", "provinsi", "kabkota", "instansi")
INSTITUTION_KINDS = ("bawaslu", "dkpp", "pemda", "pengadilan", "kejaksaan", "polri", "tni", "lainnya")
POSITION_KINDS = ("definitif", "plt", "plh")


class Office(SQLModel, table=True):
    __tablename__ = "office"

    id: str = Field(primary_key=True, description="Slug, as in domain lists: `kaltara`")
    code: str = Field(description="Kemendagri code of the area; empty for the central office and most institutions")
    short_name: str
    name: str
    zone: str = Field(description="IANA zone")
    level: str = Field(default="provinsi", sa_column_kwargs={"server_default": "provinsi"}, description="One of LEVELS")
    kind: str = Field(
        default="", sa_column_kwargs={"server_default": ""}, description="Of an institution: one of INSTITUTION_KINDS"
    )
    parent_id: str | None = Field(default=None, foreign_key="office.id", index=True)
    valid_from: date | None = Field(default=None, description="Its first day; null: since before anybody asks")
    valid_until: date | None = Field(default=None, description="Its last day; null: it goes on")
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"}, description="Counts its changes")

    def valid_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_until or day)


class Person(SQLModel, table=True):
    """Somebody with an account. Where they serve, and as what, is a matter of the day: `positions.py`."""

    __tablename__ = "person"

    id: str = Field(primary_key=True)
    username: str = Field(unique=True)
    name: str
    role: str = Field(description="chair, secretariat, participant or admin")
    email: str = Field(default="", sa_column_kwargs={"server_default": ""}, description="For reminders; empty: none")
    password_hash: str = Field(description="Empty: no password is right until one is set by a reset link")
    created_at: datetime = Field(sa_type=UtcDateTime)
    disabled: bool = Field(
        default=False, sa_column_kwargs={"server_default": false()}, description="May not sign in, and is signed out"
    )
    version: int = Field(
        default=1, sa_column_kwargs={"server_default": "1"}, description="Counts changes of the person and positions"
    )


class Position(SQLModel, table=True):
    """A post that somebody holds, held or will hold. Rows are ended, not overwritten: they are the history."""

    __tablename__ = "position"

    id: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    office_id: str = Field(foreign_key="office.id", index=True)
    title: str
    kind: str = Field(default="definitif", sa_column_kwargs={"server_default": text("'definitif'")})
    valid_from: date | None = Field(default=None, description="First day; null: nobody knows any more")
    valid_until: date | None = Field(default=None, description="Last day; null: it goes on")


class PasswordReset(SQLModel, table=True):
    """A link with which one person sets a new password, once. A newer one takes its place."""

    __tablename__ = "password_reset"

    person_id: str = Field(primary_key=True, foreign_key="person.id")
    token_hash: str = Field(unique=True, description="SHA-256 of the token, which is never stored")
    expires_at: datetime = Field(sa_type=UtcDateTime)


class SignIn(SQLModel, table=True):
    """A server-side session. The cookie's value is never stored, only its hash."""

    __tablename__ = "sign_in"

    id: str = Field(primary_key=True, description="SHA-256 of the cookie's value")
    person_id: str | None = Field(default=None, foreign_key="person.id")
    guest_id: str | None = None
    guest_name: str | None = None
    guest_institution: str | None = None
    guest_meeting: str | None = None
    expires_at: datetime = Field(sa_type=UtcDateTime)
