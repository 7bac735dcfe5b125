"""The directory over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from server.auth.models import Office, Position
from server.auth.positions import Placed, called
from server.auth.schemas import Closed
from server.directory.rules import OfficeEntry, PersonEntry, PositionEntry, slug, tidy

Level = Literal["pusat", "provinsi", "kabkota", "instansi"]
Role = Literal["admin", "chair", "secretariat", "participant"]
Kind = Literal["definitif", "plt", "plh"]
Line = Annotated[str, Field(max_length=300), AfterValidator(tidy)]  # how long it may be, `rules` say
Version = Annotated[int, Field(ge=1, description="As it was read; another one has been changed by somebody else")]


class OfficeIn(Closed):
    name: Line = Field(examples=["KPU Kabupaten Bulungan"])
    short_name: Line = Field(examples=["KPU Bulungan"])
    level: Level
    kind: Line = Field("", description="Of an outside institution: bawaslu, dkpp, pemda, pengadilan, …")
    parent_id: str | None = Field(None, max_length=64)
    code: Line = Field("", examples=["65.01"])
    zone: str = Field(max_length=64, examples=["Asia/Makassar"])
    valid_from: date | None = None
    valid_until: date | None = None

    def entry(self, id: str) -> OfficeEntry:
        return OfficeEntry(id=id, **self.model_dump(include=set(OfficeIn.model_fields)))


class NewOffice(OfficeIn):
    id: str = Field("", max_length=64, description="Slug; made of the short name when empty")

    def wanted(self) -> OfficeEntry:
        return self.entry(self.id or slug(self.short_name))


class OfficeChange(OfficeIn):
    version: Version


class OfficeRow(BaseModel):
    id: str
    name: str
    short_name: str
    level: Level
    kind: str
    parent_id: str | None
    parent: str = Field(description="Short name of the office above")
    code: str
    zone: str
    valid_from: date | None
    valid_until: date | None
    valid_today: bool
    people: int = Field(description="Who serves there today")
    version: int

    @classmethod
    def of(cls, office: Office, parent: str, people: int, today: date) -> OfficeRow:
        return cls(**office.model_dump(), parent=parent, people=people, valid_today=office.valid_on(today))


class OfficeList(BaseModel):
    items: list[OfficeRow]
    total: int
    page_size: int


class NamedPost(BaseModel):
    """Somebody of an office, for whoever may name who sits at its device."""

    id: str
    name: str
    position: str = Field(examples=["Plt. Ketua"])

    @classmethod
    def of(cls, found: Placed) -> NamedPost:
        return cls(id=found.person.id, name=found.person.name, position=called(found.position))


class PositionIn(Closed):
    office_id: str = Field(max_length=64)
    title: Line = Field(examples=["Anggota, Divisi Hukum dan Pengawasan"])
    kind: Kind = "definitif"
    valid_from: date | None = None
    valid_until: date | None = None

    def entry(self) -> PositionEntry:
        return PositionEntry(**self.model_dump(include=set(PositionIn.model_fields)))


class NewPosition(PositionIn):
    version: Version
    ends_others: bool = Field(False, description="Definite posts that run end the day before")


class PositionChange(PositionIn):
    version: Version


class NewPerson(Closed):
    username: str = Field(max_length=64, examples=["sari.wibowo"])
    name: Line = Field(description="One name is enough; with titles where there are any")
    role: Role = "participant"
    email: Line = Field(
        "", description="Where reminders go; empty: none are sent", examples=["sekretariat@kpu.example"]
    )
    position: PositionIn

    def entry(self) -> PersonEntry:
        return PersonEntry(self.username, self.name, self.role, self.email)


class PersonChange(Closed):
    username: str = Field(max_length=64)
    name: Line
    role: Role
    email: Line = ""
    disabled: bool
    version: Version

    def entry(self) -> PersonEntry:
        return PersonEntry(self.username, self.name, self.role, self.email)


class PersonRow(BaseModel):
    """`position` and `office`: today's, or the last ones when `serves` is false."""

    id: str
    username: str
    name: str
    role: Role
    email: str
    disabled: bool
    position: str
    office_id: str
    office: str
    serves: bool
    version: int

    @classmethod
    def of(cls, found: Placed) -> PersonRow:
        return cls(**facts(found))


def facts(found: Placed) -> dict[str, object]:
    person = found.person
    return {
        **person.model_dump(include={"id", "username", "name", "role", "email", "disabled", "version"}),
        "position": called(found.position),
        "office_id": found.office.id,
        "office": found.office.short_name,
        "serves": found.serves,
    }


class PersonList(BaseModel):
    items: list[PersonRow]
    total: int
    page_size: int


class PositionOut(BaseModel):
    id: str
    office_id: str
    office: str
    title: str
    kind: Kind
    valid_from: date | None
    valid_until: date | None
    counts: bool = Field(description="What they are called by today")
    may_change: bool

    @classmethod
    def of(cls, position: Position, office: Office, counts: bool, may_change: bool) -> PositionOut:
        kept = position.model_dump(exclude={"person_id"})
        return cls(**kept, office=office.short_name, counts=counts, may_change=may_change)


class PersonOut(PersonRow):
    positions: list[PositionOut] = Field(description="The latest first")
    myself: bool = Field(description="One's own role and account are changed by others")


class ResetOut(BaseModel):
    """Told once: what is kept cannot be made into the link again."""

    url: str
    expires_at: datetime
