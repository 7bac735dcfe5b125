"""The course of a meeting and its attendance over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

from pydantic import BaseModel, Field

from server.proceedings.course import Course, Kind, Outcome, Stretch, Voted
from server.proceedings.presence import Attendee
from server.rooms.state import FollowUp
from server.rooms.words import notes, voting
from server.rooms.words.people import Role


class StretchOut(BaseModel):
    """A part of the meeting."""

    kind: Kind = Field(
        description="Item under discussion, somebody's floor, skors, off the record, too few offices, or a roll"
    )
    title: str = Field(description="The item's; whose floor; why off the record; who did not answer the roll")
    speaker: str = Field(description="Who of a delegation had the floor")
    granted: int = Field(description="Seconds of floor that were given; 0 for other kinds")
    start: float = Field(description="Seconds of meeting time")
    end: float | None = Field(description="None: it goes on")

    @classmethod
    def of(cls, stretch: Stretch) -> StretchOut:
        return cls(
            kind=stretch.kind,
            title=stretch.title,
            speaker=stretch.speaker,
            granted=stretch.granted,
            start=stretch.start,
            end=stretch.end,
        )


class OutcomeOut(BaseModel):
    id: str
    kind: notes.Outcome
    text: str
    who: str
    due: str = Field(description="ISO date; empty for none")
    stage: str
    item: str = Field(description="Title of the item under discussion when it was noted")
    at: float = Field(description="Seconds of meeting time it came from")
    withdrawn: bool

    @classmethod
    def of(cls, outcome: Outcome) -> OutcomeOut:
        said = outcome.note.said
        return cls(
            id=outcome.note.id,
            kind=said.kind,
            text=said.text,
            who=said.who,
            due=said.due,
            stage=said.stage,
            item=outcome.item,
            at=outcome.at,
            withdrawn=outcome.note.withdrawn,
        )


class VoiceOut(BaseModel):
    office_id: str
    office: str
    choice: voting.Choice | None = Field(description="None: the office said nothing")
    name: str = Field(description="Whose hand it was; empty where whoever led has entered it")


class VoteOut(BaseModel):
    id: str
    question: str
    method: voting.Method
    item: str = Field(description="Title of the item under discussion")
    at: float = Field(description="Seconds of meeting time")
    open: bool
    cancelled: bool = Field(description="It has no result")
    voices: list[VoiceOut] = Field(description="One for every office that was invited")

    @classmethod
    def of(cls, found: Voted) -> VoteOut:
        vote, voices = found.vote, []
        for office in vote.roll:
            cast = vote.casts.get(office.id)
            choice, name = (cast.choice, cast.name) if cast is not None else (None, "")
            voices.append(VoiceOut(office_id=office.id, office=office.name, choice=choice, name=name))
        return cls(
            id=vote.id,
            question=vote.question,
            method=vote.method,
            item=found.item,
            at=found.at,
            open=not vote.closed,
            cancelled=vote.cancelled,
            voices=voices,
        )


class FollowUpOut(BaseModel):
    """Of an earlier meeting, and what this one found of it."""

    id: str
    text: str
    who: str
    due: str = Field(description="ISO date; empty for none")
    of: str = Field(description="Title of the meeting that agreed on it")
    date: str = Field(description="ISO date of that meeting")
    how: notes.Settled
    remark: str

    @classmethod
    def of_carried(cls, found: FollowUp) -> FollowUpOut:
        return cls(**asdict(found.carried), how=found.how, remark=found.remark)


class CourseOut(BaseModel):
    meeting_id: str
    stretches: list[StretchOut]
    outcomes: list[OutcomeOut]
    votes: list[VoteOut]
    carried: list[FollowUpOut] = Field(description="What earlier meetings had left to be done")
    quorum: int = Field(description="How many offices had to be present; 0: there was no rule")

    @classmethod
    def of(cls, meeting: str, found: Course) -> CourseOut:
        return cls(
            meeting_id=meeting,
            stretches=[StretchOut.of(each) for each in found.stretches],
            outcomes=[OutcomeOut.of(each) for each in found.outcomes],
            votes=[VoteOut.of(each) for each in found.votes],
            carried=[FollowUpOut.of_carried(each) for each in found.carried],
            quorum=found.quorum,
        )


class Interval(BaseModel):
    start: float = Field(description="Seconds of meeting time")
    end: float


class AttendeeOut(BaseModel):
    person: str
    name: str
    position: str
    role: Role
    shared: bool = Field(description="A device at which several people sat; it stands under its office")
    came: float = Field(description="Seconds of meeting time")
    left: float
    minutes: float = Field(description="Present, gaps of reconnects merged")
    late: bool = Field(description="More than fifteen minutes behind the opening")
    reconnects: int
    device: str = Field(description="`person` of the shared device they sat at; empty for whoever came by themselves")
    present: list[Interval]

    @classmethod
    def of(cls, each: Attendee) -> AttendeeOut:
        return cls(
            person=each.person,
            name=each.name,
            position=each.position,
            role=each.role,
            shared=each.shared,
            came=each.came,
            left=each.left,
            minutes=round(each.seconds / 60, 1),
            late=each.late,
            reconnects=each.reconnects,
            device=each.device,
            present=[Interval(start=start, end=end) for start, end in each.present],
        )


class OfficeAttendance(BaseModel):
    office_id: str = Field(description="Empty for outside institutions")
    office: str
    invited: bool = Field(description="False: the host, or an outside institution")
    status: Literal["present", "absent"]
    people: list[AttendeeOut]


class Attendance(BaseModel):
    meeting_id: str
    invited: int = Field(description="Offices that were invited")
    present: int = Field(description="Of those, the ones of which somebody was there")
    offices: list[OfficeAttendance]
