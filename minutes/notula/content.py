"""What a notula says: its fields, and its sections in the official order. PURE.

Fields and labels: the form of Permendagri 54/2009 that local government knows, and the notula of PKPU 2/2021 as amended
by PKPU 8/2021. Moments are UTC, dates ISO; how they are printed is a matter of `documents`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

MOST = 500  # entries of one section: two hours of talk make some dozen
MOST_CITED = 50
Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w.:-]+$")]
Short = Annotated[str, Field(max_length=300)]
Long = Annotated[str, Field(max_length=4000)]
Origin = Literal["rule", "noted", "summary", "hand"]
"""Who wrote it: a rule, somebody in the meeting's own moment, an endpoint for summaries, or a person afterwards."""
Manner = Literal["presentation", "question", "response", "proposal", "objection", "direction", "remark"]
Agreed = Literal["", "musyawarah", "aklamasi", "suara"]
Classification = Literal["biasa", "terbatas", "rahasia"]
Openness = Literal["undecided", "open", "exempt"]
Category = Literal[
    "penguatan_organisasi",
    "tata_kelola",
    "sarana_prasarana",
    "monitoring",
    "evaluasi",
    "koordinasi_internal",
    "koordinasi_eksternal",
    "regulasi",
    "dokumen_hukum",
    "lainnya",
]


class Part(BaseModel):
    """Never changed, only replaced; nothing unknown is taken from outside."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Who(Part):
    """Somebody as they were on the day."""

    name: Short = ""
    position: Short = ""
    office: Short = ""


NOBODY = Who()


class Statement(Part):
    """`cites`: ids of the lines that it rests on."""

    id: Id
    text: Annotated[str, Field(min_length=1, max_length=4000)]
    cites: Annotated[tuple[Id, ...], Field(max_length=MOST_CITED)] = ()
    origin: Origin = "hand"


class Contribution(Statement):
    """What somebody said. `named` False: it is printed without the name. `law`: regulations named, as `pkpu:2020:5`."""

    speaker: Who = NOBODY
    manner: Manner = "remark"
    named: bool = True
    law: tuple[Short, ...] = ()


class Cited(Statement):
    """What binds somebody rests on something that was said."""

    @model_validator(mode="after")
    def _cites(self) -> Self:
        if not self.cites:
            raise ValueError("uncited")
        return self


class Conclusion(Cited):
    pass


class Direction(Cited):
    by: Who = NOBODY


class Decision(Cited):
    basis: tuple[Short, ...] = ()
    how: Agreed = ""
    objections: Long = ""


class Problem(Statement):
    """Something that may arise. `stage`: of the election, as in the list of tahapan."""

    stage: Short = ""
    impact: Long = ""
    mitigation: Long = ""
    owner: Short = ""


class FollowUp(Cited):
    """What is to be done. `owners`: who, in words; `offices`: ids of those that do it, each by itself.

    `all_offices`: every invited office does. `source`: id of the decision or direction it follows from.
    """

    owners: tuple[Short, ...] = ()
    offices: tuple[Id, ...] = ()
    all_offices: bool = False
    related: tuple[Short, ...] = ()
    category: Category = "lainnya"
    due: date | None = None
    priority: Literal["biasa", "segera"] = "biasa"
    source: str = ""


class AgendaPoint(Part):
    title: Short
    presenter: Short = ""


class Discussion(Part):
    """Of one point of the agenda; "" for what was said under none."""

    item: Short = ""
    contributions: Annotated[tuple[Contribution, ...], Field(max_length=MOST)] = ()


class Voting(Part):
    question: Short
    method: Literal["hands", "roll"]
    at: float = Field(description="Seconds of meeting time")
    yes: int
    no: int
    abstain: int
    silent: int = 0


class Attendee(Part):
    """A row of the list of who was there. `minutes`: present in all."""

    office: Short = ""
    name: Short = ""
    position: Short = ""
    role: Short = ""
    status: Short = ""
    minutes: int = 0


class Attendance(Part):
    invited: int = 0
    present: int = 0
    quorum: int = Field(0, description="Offices that had to be present; 0: there was no rule")
    rows: tuple[Attendee, ...] = ()


NOT_COUNTED = Attendance()


class Content(Part):
    """A notula. `zones`: IANA zones of the offices that took part, the host's first."""

    format: Literal["rakor-notula-1"] = "rakor-notula-1"
    meeting_id: Id
    title: Annotated[str, Field(min_length=1, max_length=300)]
    number: Short = ""
    invitation_number: Short = ""
    invitation_date: date | None = None
    starts: AwareDatetime
    ends: AwareDatetime
    zones: Annotated[tuple[Short, ...], Field(min_length=1, max_length=16)]
    place: Short = "Daring melalui Rakor"
    host: Short
    host_city: Short = ""
    agenda: Annotated[tuple[AgendaPoint, ...], Field(max_length=MOST)] = ()
    chair: Who = NOBODY
    secretary: Who = NOBODY
    minute_taker: Who = NOBODY
    moderator: Who = NOBODY
    presenters: tuple[Who, ...] = ()
    attendance: Attendance = NOT_COUNTED
    opening: Annotated[tuple[Contribution, ...], Field(max_length=MOST)] = ()
    discussion: Annotated[tuple[Discussion, ...], Field(max_length=MOST)] = ()
    conclusions: Annotated[tuple[Conclusion, ...], Field(max_length=MOST)] = ()
    decisions: Annotated[tuple[Decision, ...], Field(max_length=MOST)] = ()
    directions: Annotated[tuple[Direction, ...], Field(max_length=MOST)] = ()
    problems: Annotated[tuple[Problem, ...], Field(max_length=MOST)] = ()
    follow_ups: Annotated[tuple[FollowUp, ...], Field(max_length=MOST)] = ()
    votes: Annotated[tuple[Voting, ...], Field(max_length=MOST)] = ()
    closing: Annotated[tuple[Contribution, ...], Field(max_length=MOST)] = ()
    classification: Classification = "biasa"
    openness: Openness = "undecided"
    exemption: Long = Field("", description="On what law it rests that it is not open")

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [each.id for each in statements(self)]
        if len(set(ids)) < len(ids):
            raise ValueError("two statements with one id")
        return self


def statements(content: Content) -> Iterator[Statement]:
    """All of them, in the order in which they are printed."""
    return chain(
        content.opening,
        *(each.contributions for each in content.discussion),
        content.conclusions,
        content.decisions,
        content.directions,
        content.problems,
        content.follow_ups,
        content.closing,
    )


def cited(content: Content) -> frozenset[str]:
    """Ids of all lines that it rests on."""
    return frozenset(line for each in statements(content) for line in each.cites)
