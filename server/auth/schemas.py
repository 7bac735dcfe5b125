"""Sign-in over HTTP."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from server.auth.identity import Identity, OfficeFacts
from server.auth.models import Office

# Blanks around it are taken off before its length is looked at: blanks alone are no name.
Trimmed = Annotated[str, StringConstraints(strip_whitespace=True)]


class Closed(BaseModel):
    """What a page may send: an unknown field is an error."""

    model_config = ConfigDict(extra="forbid")


class Credentials(Closed):
    username: str = Field(min_length=1, max_length=64, examples=["ratna"])
    password: str = Field(min_length=1, max_length=200)


class Acceptance(Closed):
    token: str = Field(min_length=1, max_length=2000)


class OfficeOut(BaseModel):
    id: str = Field(examples=["kaltara"])
    short_name: str = Field(examples=["KPU Kaltara"])
    name: str = Field(examples=["KPU Provinsi Kalimantan Utara"])
    zone: str = Field(examples=["Asia/Makassar"])
    level: str | None = Field(None, description="pusat, provinsi, kabkota or instansi; in the list of offices only")
    parent_id: str | None = Field(None, description="The office above; in the list of offices only")

    @classmethod
    def of(cls, office: OfficeFacts) -> OfficeOut:
        return cls(id=office.id, short_name=office.short_name, name=office.name, zone=office.zone)

    @classmethod
    def of_row(cls, row: Office) -> OfficeOut:
        return cls(
            id=row.id, short_name=row.short_name, name=row.name, zone=row.zone, level=row.level, parent_id=row.parent_id
        )


class Me(BaseModel):
    id: str
    username: str | None = Field(description="What one signs in with; null for guests", examples=["maria"])
    name: str = Field(examples=["Maria Tandilangi"])
    position: str
    office: OfficeOut | None
    roles: list[str] = Field(examples=[["secretariat"]])
    guest_of: str | None = Field(description="The one meeting a guest may attend")

    @classmethod
    def of(cls, who: Identity) -> Me:
        office = OfficeOut.of(who.office) if who.office is not None else None
        return cls(
            id=who.id,
            username=who.username,
            name=who.name,
            position=who.position,
            office=office,
            roles=[who.role],
            guest_of=who.guest_of,
        )


class ResetFor(BaseModel):
    """Whom a reset link is for."""

    name: str
    username: str
