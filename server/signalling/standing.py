"""How a room that is led stands: each message tells its part whole, after a welcome and whenever it has changed.

Times are meeting time, in seconds.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from server.rooms.powers import Power
from server.rooms.words import door, floor, notes, talking, voting
from server.signalling.asks.agenda import Item, Outcome
from server.signalling.shapes import Message, Switched


class Hand(Message):
    seat: str
    request: floor.Request


class Grant(Message):
    """Who has the floor. `speaker`: who of a delegation; "" where one person sits."""

    seat: str
    speaker: str
    since: float
    seconds: int


class Pause(Message):
    why: str
    since: float


class Banned(Message):
    person: str
    name: str


class Note(Message):
    id: str
    outcome: Outcome
    item: str | None = Field(description="Of the agenda")
    at: float
    withdrawn: bool


class ChatMessage(Message):
    """`own`: this page's person wrote it; `to`: the name of whom it is for, "" for more than one."""

    id: str
    name: str
    own: bool
    audience: talking.Audience
    to: str
    text: str
    at: float


class Voice(Message):
    """Of an office. `choice` null: none yet. `name`: whose hand; "" where whoever leads has entered it."""

    office_id: str
    office: str
    choice: voting.Choice | None
    name: str


class Vote(Message):
    id: str
    question: str
    method: voting.Method
    voices: list[Voice] = Field(description="In the order in which they are called")
    called: str | None = Field(description="Roll call: whose turn it is")
    item: str | None = Field(description="Of the agenda")
    at: float
    closed: bool
    cancelled: bool


class Powers(Message):
    """What this page may do now (rooms/powers.py)."""

    type: Literal["powers"] = "powers"
    may: list[Power]


class Floor(Message):
    """Who asks to speak, in order, who has the floor, and whether microphones are locked."""

    type: Literal["floor"] = "floor"
    hands: list[Hand]
    grant: Grant | None
    mics_locked: bool


class Order(Message):
    """Who presides, whether the meeting sits and is on the record, and whether the door is closed."""

    type: Literal["order"] = "order"
    presiding: str | None
    suspended: float | None = Field(description="Since")
    pause: Pause | None = Field(description="Off the record")
    locked: bool
    waits: door.Waits = Field(description="Who must be let in")
    quorum: int = Field(description="How many of the offices that were invited must be present; 0: there is no rule")
    quorate: bool


class Waiter(Message):
    """Who waits outside, since `since`."""

    person: str
    name: str
    position: str
    office: str
    since: float


class Door(Message):
    """Who waits outside: for those who may let them in. `people`: the first fifty of them."""

    type: Literal["door"] = "door"
    waiting: int
    people: list[Waiter]


class RollOffice(Message):
    """`here` null: not called yet; false: called, and nobody of it was here."""

    office_id: str
    office: str
    here: bool | None


class Roll(Message):
    """Offices that are called to speak one after another; empty where there is no such round."""

    type: Literal["roll"] = "roll"
    offices: list[RollOffice]
    seconds: int
    called: str | None


class Answered(Message):
    office_id: str
    here: bool


class Called(Message):
    """What a call has changed of the `roll` that goes on."""

    type: Literal["called"] = "called"
    answers: list[Answered]
    called: str | None


class FollowUp(Message):
    """Of an earlier meeting, `of`, held on `date`; `how` and `remark`: what this one found."""

    id: str
    text: str
    who: str
    due: str
    of: str
    date: str
    done: int = 0
    offices: int = 0
    how: notes.Settled
    remark: str


class Carried(Message):
    """What earlier meetings left to be done."""

    type: Literal["carried"] = "carried"
    follow_ups: list[FollowUp]


class Outside(Message):
    """Who was shown out for good: for those who may let them back."""

    type: Literal["outside"] = "outside"
    people: list[Banned]


class Agenda(Message):
    """`item`: under discussion, since `since`."""

    type: Literal["agenda"] = "agenda"
    items: list[Item]
    item: str | None
    since: float


class Notes(Message):
    """Outcomes, in the order in which they were noted."""

    type: Literal["notes"] = "notes"
    notes: list[Note]


class Stopped(Message):
    """What is this page's was switched off, by who leads ("": it may not be on any more): it sends no more of it."""

    type: Literal["stopped"] = "stopped"
    what: Switched
    by: str = Field(description="Name")


class Chat(Message):
    """All that this page's person may read, after a welcome."""

    type: Literal["chat"] = "chat"
    messages: list[ChatMessage]


class ChatWritten(Message):
    type: Literal["written"] = "written"
    message: ChatMessage


class ChatRules(Message):
    """To whom others than those who lead may write."""

    type: Literal["chat_rules"] = "chat_rules"
    to: talking.Allowed


class Votes(Message):
    """All votes of the meeting, after a welcome; at most the last is open."""

    type: Literal["votes"] = "votes"
    votes: list[Vote]


class VoteChanged(Message):
    """A vote was opened, or has changed: to be merged by its id."""

    type: Literal["vote"] = "vote"
    vote: Vote
