"""Follow-ups over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from minutes.notula.content import Category
from server.auth.identity import Identity
from server.auth.schemas import Closed, Trimmed
from server.followups import policy
from server.followups.board import Line
from server.followups.dates import days_left, late
from server.followups.models import ChangeRow, EvidenceRow
from server.followups.repository import Found
from server.followups.rules import OPEN, Move, Status, allowed, may_add_evidence, may_remove_evidence

Version = Annotated[
    int, Field(ge=1, le=2**31, description="As it was read; another one has been changed by somebody else")
]
Words = Annotated[Trimmed, Field(max_length=2000)]


def _is_address(url: str) -> str:
    if not url.startswith(("https://", "http://")) or any(each.isspace() for each in url):
        raise PydanticCustomError("url", "Tautan dimulai dengan https:// dan tidak memuat spasi.")
    return url


class NewMove(Closed):
    """`text`: a remark; for return, cancel and reopen the reason."""

    move: Move
    version: Version
    text: Words = ""
    percent: int | None = Field(None, ge=0, le=100)


class NewLink(Closed):
    version: Version
    name: Trimmed = Field(min_length=1, max_length=200, examples=["Berita acara di SIPD"])
    url: Annotated[Trimmed, Field(max_length=2000), AfterValidator(_is_address)]


class MeetingRef(BaseModel):
    id: str
    title: str
    date: datetime
    host: str = Field(description="Id of the office that held it")


class OfficeRef(BaseModel):
    id: str
    short_name: str
    zone: str


class ItemRowOut(BaseModel):
    """What one office does of an item."""

    id: str
    follow_up: str = Field(description="The item of the notula, which other offices may share")
    text: str
    meeting: MeetingRef
    office: OfficeRef
    category: Category
    priority: Literal["biasa", "segera"]
    due: date | None
    days_left: int | None = Field(description="By its office's calendar; negative: late; null: not open, or no day")
    late: bool
    status: Status
    percent: int
    verified: bool
    evidence: int
    remark: str

    @classmethod
    def of(cls, found: Found, now: datetime) -> ItemRowOut:
        return cls(**row(found, now))


def row(found: Found, now: datetime) -> dict[str, Any]:
    item, parent, meeting, office = found.item, found.follow_up, found.meeting, found.office
    status = Status(item.status)
    counts = parent.due is not None and status in OPEN
    return {
        **parent.model_dump(include={"text", "category", "priority", "due"}),
        **item.model_dump(include={"id", "percent", "remark"}),
        "follow_up": parent.id,
        "meeting": MeetingRef(
            id=meeting.id,
            title=meeting.title,
            date=meeting.opened_at or meeting.starts_at,
            host=meeting.host_office_id,
        ),
        "office": OfficeRef(id=office.id, short_name=office.short_name, zone=office.zone),
        "days_left": days_left(parent.due, office.zone, now) if parent.due is not None and counts else None,
        "late": late(status, parent.due, office.zone, now),
        "status": status,
        "verified": item.verified_at is not None,
        "evidence": found.evidence,
    }


class ItemList(BaseModel):
    items: list[ItemRowOut]
    total: int
    page_size: int


class LineOut(BaseModel):
    """How far offices are with something. `offices`: of those that it is not cancelled for."""

    offices: int
    done: int
    verified: int
    late: int
    statuses: dict[Status, int]

    @classmethod
    def facts(cls, line: Line) -> dict[str, Any]:
        return {
            "offices": line.offices,
            "done": line.done,
            "verified": line.verified,
            "late": line.late,
            "statuses": line.statuses,
        }


class ParentOut(LineOut):
    """An item of a notula over all its offices. `unit`: what these are; satker where they differ."""

    id: str
    text: str
    meeting: MeetingRef
    category: Category
    priority: Literal["biasa", "segera"]
    due: date | None
    unit: Literal["provinsi", "kabkota", "satker"]


class CategoryOut(LineOut):
    category: Category


class Board(BaseModel):
    all: LineOut
    unverified: int = Field(description="Reported done and not looked at yet")
    follow_ups: list[ParentOut] = Field(description="What is late first, what is done last; the first hundred")
    categories: list[CategoryOut]
    may_see_all: bool = Field(description="Whether `scope=all` has anything to show to the caller's office")


class Source(BaseModel):
    kind: Literal["decision", "direction"]
    number: int
    text: str
    basis: list[str]


class EvidenceOut(BaseModel):
    id: str
    name: str
    url: str = Field(description="Where it is: of a file on this server, of a link elsewhere")
    file: bool
    kind: str
    size: int
    sha256: str
    by: str
    at: datetime

    @classmethod
    def of(cls, kept: EvidenceRow) -> EvidenceOut:
        url = kept.url or f"/api/v1/follow-ups/{kept.item_id}/evidence/{kept.id}"
        facts = kept.model_dump(include={"id", "name", "kind", "size", "sha256", "at"})
        return cls(**facts, url=url, file=not kept.url, by=kept.by_name)


class By(BaseModel):
    """`person` false: a notula or a meeting did it, whose name it is."""

    name: str
    position: str
    office: str
    person: bool


class ChangeOut(BaseModel):
    kind: str = Field(examples=["report"])
    text: str
    before: dict[str, Any]
    after: dict[str, Any]
    by: By
    at: datetime

    @classmethod
    def of(cls, kept: ChangeRow) -> ChangeOut:
        by = By(name=kept.by_name, position=kept.by_position, office=kept.by_office, person=bool(kept.by_id))
        return cls(**kept.model_dump(include={"kind", "text", "before", "after", "at"}), by=by)


class May(BaseModel):
    moves: list[Move]
    add_evidence: bool
    remove_evidence: bool
    read_meeting: bool = Field(description="Whether the lines it rests on are theirs to read")


class ItemOut(ItemRowOut):
    number: int
    owners: list[str]
    related: list[str]
    source: Source | None
    cites: list[str] = Field(description="Lines of the transcript of its meeting")
    done_at: datetime | None
    verified_by: str
    verified_at: datetime | None
    siblings: int = Field(description="Offices that do the same")
    siblings_done: int
    pieces: list[EvidenceOut]
    history: list[ChangeOut] = Field(description="The oldest first")
    may: May
    version: int

    @classmethod
    def told(
        cls,
        found: Found,
        who: Identity,
        now: datetime,
        siblings: list[tuple[str, Status]],
        pieces: list[EvidenceRow],
        history: list[ChangeRow],
        reads: bool,
    ) -> ItemOut:
        item, parent, standing = found.item, found.follow_up, found.standing()
        duties = policy.duties(who, item.office_id, found.meeting)
        counted = [status for _, status in siblings if status is not Status.CANCELLED]
        return cls(
            **row(found, now),
            **parent.model_dump(include={"number", "owners", "related", "cites"}),
            **item.model_dump(include={"done_at", "verified_by", "verified_at", "version"}),
            source=Source(**parent.source) if parent.source else None,
            siblings=len(counted),
            siblings_done=counted.count(Status.DONE),
            pieces=[EvidenceOut.of(each) for each in pieces if not each.removed],
            history=[ChangeOut.of(each) for each in history],
            may=May(
                moves=list(allowed(standing, duties, who.id)),
                add_evidence=may_add_evidence(standing, duties),
                remove_evidence=may_remove_evidence(standing, duties),
                read_meeting=reads,
            ),
        )
