"""Offices, people and their sign-ins."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from server.db import UtcDateTime


class Office(SQLModel, table=True):
    __tablename__ = "office"

    id: str = Field(primary_key=True, description="Slug, as in domain lists: `kaltara`")
    code: str = Field(description="Kemendagri code of the province; empty for the central office")
    short_name: str
    name: str
    zone: str = Field(description="IANA zone")


class Person(SQLModel, table=True):
    __tablename__ = "person"

    id: str = Field(primary_key=True)
    username: str = Field(unique=True)
    name: str
    position: str
    office_id: str = Field(foreign_key="office.id")
    role: str = Field(description="chair, secretariat, participant or admin")
    password_hash: str
    created_at: datetime = Field(sa_type=UtcDateTime)


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
