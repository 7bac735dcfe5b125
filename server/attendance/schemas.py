"""Attendance lists over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, Field

from server.attendance.corrections import Change, Correction, Kind, Mode, Role, Status, counting
from server.attendance.items import ItemList
from server.attendance.listing import Counts, Listing, OfficeList
from server.attendance.persons import Person, Standing
from server.auth.schemas import Closed, Trimmed
from server.proceedings.presence import Attendee
from server.rooms.words import people

Reason = Annotated[Trimmed, Field(min_length=3, max_length=500, description="Printed with the list")]


class ChangeIn(Closed):
    """What is set; a field that is absent or null stays as it was."""

    status: Status | None = None
    represented_by: Trimmed | None = Field(None, max_length=200, description="Name and position")
    mode: Mode | None = None
    came_at: AwareDatetime | None = None
    left_at: AwareDatetime | None = None
    name: Trimmed | None = Field(None, max_length=120, description="As it should be written")
    position: Trimmed | None = Field(None, max_length=200, description="As it should be written")
    role: Role | None = None
    note: Trimmed | None = Field(None, max_length=300)
    office_id: str | None = Field(None, max_length=64, description="Where a person stands who is added")
    office: Trimmed | None = Field(None, max_length=120, description="Outside institution of a person who is added")

    def change(self) -> Change:
        return Change(**dict(self))


class NewCorrection(Closed):
    kind: Kind
    id: str | None = Field(None, max_length=300, description="Null: a person who was never in the room is added")
    set: ChangeIn
    reason: Reason


class NewWithdrawal(Closed):
    reason: Reason


class CorrectionOut(BaseModel):
    number: int
    kind: Kind
    id: str
    set: dict[str, Any]
    withdraws: int | None = Field(description="Number of the correction that it takes back")
    counts: bool = Field(description="False: taken back, or takes back another")
    reason: str
    by: str
    position: str
    at: datetime

    @classmethod
    def of(cls, each: Correction, counts: bool) -> CorrectionOut:
        return cls(
            number=each.number,
            kind=each.subject.kind,
            id=each.subject.id,
            set=each.change.set(),
            withdraws=each.withdraws,
            counts=counts,
            reason=each.reason,
            by=each.by,
            position=each.position,
            at=each.at,
        )


class Interval(BaseModel):
    start: float = Field(description="Seconds of meeting time")
    end: float


class Measured(BaseModel):
    """What the room saw, whatever was corrected since."""

    name: str
    position: str
    role: people.Role
    shared: bool = Field(description="At a device at which several people sat")
    came: float = Field(description="Seconds of meeting time")
    left: float
    minutes: float = Field(description="Present, gaps of reconnects merged")
    late: bool = Field(description="More than fifteen minutes behind the opening")
    reconnects: int
    present: list[Interval]

    @classmethod
    def of(cls, each: Attendee) -> Measured:
        return cls(
            name=each.name,
            position=each.position,
            role=each.role,
            shared=each.shared,
            came=each.came,
            left=each.left,
            minutes=round(each.seconds / 60, 1),
            late=each.late,
            reconnects=each.reconnects,
            present=[Interval(start=start, end=end) for start, end in each.present],
        )


class PersonOut(BaseModel):
    """As they stand officially."""

    person: str
    name: str
    position: str
    role: Role
    mode: Mode | None
    status: Standing
    represented_by: str
    note: str
    came_at: datetime | None
    left_at: datetime | None
    minutes: float | None
    measured: Measured | None = Field(description="Null: never in the room")
    corrections: list[int] = Field(description="Numbers of those that count")

    @classmethod
    def of(cls, each: Person) -> PersonOut:
        return cls(
            person=each.id,
            name=each.name,
            position=each.position,
            role=each.role,
            mode=each.mode,
            status=each.status,
            represented_by=each.represented_by,
            note=each.note,
            came_at=each.came_at,
            left_at=each.left_at,
            minutes=each.minutes,
            measured=Measured.of(each.measured) if each.measured is not None else None,
            corrections=list(each.corrections),
        )


class OfficeOut(BaseModel):
    office_id: str = Field(description="Empty for outside institutions")
    office: str
    invited: bool = Field(description="False: the host, or an outside institution")
    status: Standing
    represented_by: str
    note: str
    people: list[PersonOut] = Field(description="In order of precedence")
    corrections: list[int]

    @classmethod
    def of(cls, each: OfficeList) -> OfficeOut:
        return cls(
            office_id=each.id,
            office=each.name,
            invited=each.invited,
            status=each.status,
            represented_by=each.represented_by,
            note=each.note,
            people=[PersonOut.of(person) for person in each.people],
            corrections=list(each.corrections),
        )


class CountsOut(BaseModel):
    total: int
    present: int = Field(description="Late ones among them")
    late: int
    represented: int
    excused: int
    absent: int

    @classmethod
    def of(cls, counts: Counts) -> CountsOut:
        return cls(
            total=counts.total,
            present=counts.present,
            late=counts.late,
            represented=counts.represented,
            excused=counts.excused,
            absent=counts.absent,
        )


class ItemOut(BaseModel):
    """Who was there while an item of the agenda was under discussion."""

    number: int
    title: str
    start: float = Field(description="Seconds of meeting time")
    end: float
    offices: int = Field(description="Of those invited, the ones of which somebody was there")
    people: list[str] = Field(description="`person` of those who were there")

    @classmethod
    def of(cls, each: ItemList) -> ItemOut:
        return cls(
            number=each.number,
            title=each.title,
            start=each.start,
            end=each.end,
            offices=each.offices,
            people=list(each.people),
        )


class Attendance(BaseModel):
    meeting_id: str
    invited: int = Field(description="Offices that were invited")
    present: int = Field(description="Of those, the ones that came or were represented: `x` of `x dari y satker hadir`")
    of_offices: CountsOut
    of_people: CountsOut
    may_correct: bool
    sha256: str = Field(description="Of the data, as printed in the documents")
    offices: list[OfficeOut]
    items: list[ItemOut] = Field(description="By item of the agenda, as measured")
    corrections: list[CorrectionOut] = Field(description="All that were ever made, oldest first")

    @classmethod
    def of(cls, meeting: str, found: Listing, may_correct: bool, sha256: str) -> Attendance:
        of_offices, holding = found.of_offices, {each.number for each in counting(found.corrections)}
        return cls(
            meeting_id=meeting,
            invited=of_offices.total,
            present=of_offices.attended,
            of_offices=CountsOut.of(of_offices),
            of_people=CountsOut.of(found.of_people),
            may_correct=may_correct,
            sha256=sha256,
            offices=[OfficeOut.of(each) for each in found.offices],
            items=[ItemOut.of(each) for each in found.items],
            corrections=[CorrectionOut.of(each, each.number in holding) for each in found.corrections],
        )
