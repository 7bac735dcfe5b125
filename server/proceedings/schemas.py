"""The course of a meeting over HTTP."""

from __future__ import annotations

from dataclasses import asdict

from pydantic import BaseModel, Field

from server.proceedings.course import Course, Kind, Outcome, Stretch, Voted
from server.rooms.state import FollowUp
from server.rooms.words import notes, voting


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
    done: int = Field(0, description="Offices that had done it when this meeting began")
    offices: int = Field(0, description="of so many; 0: nobody counts")
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
