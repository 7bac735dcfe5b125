"""The archive over HTTP."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from minutes.record.flags import Doubts, Kind
from minutes.record.models import HeardBy, Line
from minutes.search.highlight import snippet
from minutes.search.query import Query
from server.auth.schemas import Closed, Trimmed
from server.meetings.schemas import MeetingOut


class Word(BaseModel):
    text: str
    start: float = Field(description="Seconds of meeting time")
    end: float
    probability: float = Field(description="As the recogniser tells")
    doubt: float = Field(description="Chance that the word is wrong, 0 to 1, as measured on known speech")
    heard: str | None = Field(
        None, description="What was heard, where it is written otherwise", examples=["lima persen"]
    )
    by_hand: bool = Field(False, description="Somebody typed it")
    checked: bool = Field(False, description="Somebody has listened and confirmed it")
    redacted: bool = Field(False, description="It stands for words that are blackened, and is as long as they were")


class Citation(BaseModel):
    """A regulation or a part of one that the line names, from character `start` to `end` of its text."""

    start: int
    end: int
    regulation: str = Field(description="Empty where only a part is named", examples=["pkpu:2020:5"])
    article: str
    paragraph: str
    letter: str
    item: str


class Flag(BaseModel):
    """Where a person should look before the line is believed: from character `start` to `end` of its text."""

    kind: Kind
    start: int
    end: int
    doubt: float | None = Field(description="Chance that its most doubtful word is wrong; None where no words are kept")


class LineBrief(BaseModel):
    id: str
    meeting_id: str
    seat: str
    office: str = Field(examples=["KPU Kaltara"])
    speaker: str | None = Field(description="None while a shared seat's speaker is not named")
    position: str | None
    known_by: Literal["sole_occupant", "given_floor", "named_by_hand", "unassigned"] = Field(
        description="given_floor: a delegation said who of it had the floor"
    )
    start: float
    end: float
    text: str
    audio: str = Field(description="Where this line's sound is")


class LineOut(LineBrief):
    version: int = Field(description="One more with every change by anybody; an edit says for which it is meant")
    edited: bool = Field(description="Its words are as a person left them")
    words: list[Word]
    citations: list[Citation]
    flags: list[Flag] = Field(description="By place; flags of different kinds may overlap")


class HeardByOut(BaseModel):
    """By what a line was heard: with the same versions, weights, options and prompt it is heard again the same."""

    engine: str = Field(examples=["rakor 0.1.0, faster-whisper 1.2.1, ctranslate2 4.8.1"])
    model: str = Field(examples=["whisper-base"])
    weights: str = Field(description="SHA-256 of the model's numbers; empty where the engine hides them")
    options: dict[str, Any]
    prompt: str = Field(description="What the engine was told to expect")


class Transcript(BaseModel):
    meeting: MeetingOut
    lines: list[LineOut] = Field(
        description="With `flagged` those that carry such a flag: may be none, and more follow"
    )
    next: str | None = Field(description="Give it as `after` to go on; None at the end")
    complete: bool = Field(description="Everything recorded has been transcribed")
    change: int = Field(description="Of the record, the newest told: `since` this one there is nothing yet")
    gone: list[str] = Field(description="With `since`: ids of lines that are no more")


class MeetingOfHit(BaseModel):
    id: str
    title: str
    date: str = Field(examples=["2020-07-20"])


class Piece(BaseModel):
    text: str
    hit: bool


class Hit(BaseModel):
    line: LineBrief
    meeting: MeetingOfHit
    snippet: list[Piece]
    url: str = Field(description="Page that plays this second", examples=["/arsip/3f2a?baris=9c1d"])


class Found(BaseModel):
    query: str
    total: int
    total_is_exact: bool
    items: list[Hit]
    next: str | None


class SpeakerName(Closed):
    name: Trimmed = Field(min_length=2, max_length=120)
    position: Trimmed = Field("", max_length=120)


def brief(line: Line) -> LineBrief:
    return LineBrief.model_validate(_described(line))


def data(line: Line, doubts: Doubts) -> dict[str, Any]:
    """A `LineOut` as data: two hours of talk are 75,000 words, and to validate each would cost ten microseconds."""
    words = [
        {
            "text": word["text"],
            "start": word["start"],
            "end": word["end"],
            "probability": word["probability"],
            "doubt": round(doubt, 3),
            "heard": word.get("heard"),
            "by_hand": word.get("by") == "hand",
            "checked": word.get("checked", False),
            "redacted": word.get("redacted", False),
        }
        for word, doubt in zip(line.words, doubts.words, strict=True)
    ]
    flags = [
        {"kind": each.kind, "start": each.start, "end": each.end, "doubt": each.doubt and round(each.doubt, 3)}
        for each in doubts.flags
    ]
    told = {**_described(line), "version": line.version, "edited": line.edited}
    return {**told, "words": words, "citations": line.citations, "flags": flags}


def heard_by(found: HeardBy) -> HeardByOut:
    return HeardByOut.model_validate(found, from_attributes=True)


def hit(line: Line, query: Query) -> Hit:
    return Hit(
        line=brief(line),
        meeting=MeetingOfHit(id=line.meeting_id, title=line.meeting_title, date=line.meeting_date),
        snippet=[Piece(text=piece.text, hit=piece.hit) for piece in snippet(line.text, query)],
        url=f"/arsip/{line.meeting_id}?baris={line.id}",
    )


def _described(line: Line) -> dict[str, object]:
    return {
        "id": line.id,
        "meeting_id": line.meeting_id,
        "seat": line.seat_id,
        "office": line.office_name,
        "speaker": line.person_name,
        "position": line.position,
        "known_by": line.known_by,
        "start": line.start,
        "end": line.end,
        "text": line.text,
        "audio": f"/api/v1/lines/{line.id}/audio",
    }
