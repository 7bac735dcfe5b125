"""The course of a meeting, from its room's events: what was discussed, who had the floor, what came of it. PURE."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from server.rooms import room as rules
from server.rooms.state import FollowUp, Note, Room, Vote
from server.rooms.words import RoomEvent
from server.rooms.words.agenda import ItemBegun
from server.rooms.words.floor import FloorClosed, FloorExtended, FloorGiven, SpeakerNamed
from server.rooms.words.notes import NoteMade
from server.rooms.words.roll import RollBegun, RollCalled, RollEnded
from server.rooms.words.seats import Ended, Opened
from server.rooms.words.sitting import QuorumChanged, RecordPaused, RecordResumed, Resumed, Suspended
from server.rooms.words.voting import VoteOpened

Kind = Literal["item", "floor", "suspended", "off_record", "no_quorum", "roll"]
Moment = tuple[float, RoomEvent]
"""An event and when it was committed: Unix seconds."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the meeting, from `start` to `end` in meeting seconds; `end` None: it goes on.

    `title`: the item's; whose floor; why off the record; who did not answer the roll.
    `speaker`: who of a delegation. `granted`: seconds of floor.
    """

    kind: Kind
    title: str
    start: float
    end: float | None = None
    speaker: str = ""
    granted: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """`at`: meeting seconds; `item`: the title of what was under discussion then, "" for nothing."""

    note: Note
    at: float
    item: str


@dataclass(frozen=True, slots=True)
class Voted:
    """`at`: meeting seconds; `item`: the title of what was under discussion, "" for nothing."""

    vote: Vote
    at: float
    item: str


@dataclass(frozen=True, slots=True)
class Course:
    stretches: tuple[Stretch, ...]
    outcomes: tuple[Outcome, ...]
    votes: tuple[Voted, ...]
    carried: tuple[FollowUp, ...]
    """What earlier meetings had left to be done, and what this one found of it."""
    quorum: int
    """How many offices had to be present; 0: there was no rule."""


@dataclass
class _Telling:
    opened_at: float
    done: list[Stretch] = field(default_factory=list)
    going_on: dict[Kind, Stretch] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)  # by note and vote: what was under discussion

    def begin(self, stretch: Stretch) -> None:
        self.going_on[stretch.kind] = stretch

    def end(self, kind: Kind, at: float) -> None:
        if (stretch := self.going_on.pop(kind, None)) is not None:
            self.done.append(replace(stretch, end=self.time(at)))

    def time(self, at: float) -> float:
        return round(max(0.0, at - self.opened_at), 3)


def course(happened: Iterable[Moment], opened_at: float) -> Course:
    """`opened_at`: Unix seconds at which meeting time begins."""
    telling, room = _Telling(opened_at), Room()
    title = ""
    for at, event in happened:
        before, room = room, rules.apply(room, event)
        if isinstance(event, ItemBegun):
            title = event.title
        if isinstance(event, NoteMade):
            telling.items[event.note] = title
        if isinstance(event, VoteOpened):
            telling.items[event.vote] = title
        _tell(telling, before, at, event)
    stretches = sorted([*telling.done, *telling.going_on.values()], key=lambda stretch: stretch.start)
    outcomes = [Outcome(note, telling.time(note.at), telling.items.get(note.id, "")) for note in room.notes.values()]
    votes = [Voted(vote, telling.time(vote.at), telling.items.get(vote.id, "")) for vote in room.votes.values()]
    return Course(tuple(stretches), tuple(outcomes), tuple(votes), tuple(room.carried.values()), room.quorum)


def _tell(telling: _Telling, room: Room, at: float, event: RoomEvent) -> None:
    time = telling.time(at)
    match event:
        case ItemBegun(item=item, title=title):
            telling.end("item", at)
            if item is not None:
                telling.begin(Stretch("item", title, time))
        case FloorGiven(seat=seat, speaker=speaker, seconds=seconds):
            name = room.seats[seat].name if seat in room.seats else ""
            telling.begin(Stretch("floor", name, time, speaker=speaker, granted=seconds))
        case FloorExtended(seconds=seconds) if (floor := telling.going_on.get("floor")) is not None:
            telling.begin(replace(floor, granted=floor.granted + seconds))
        case SpeakerNamed(speaker=speaker) if (floor := telling.going_on.get("floor")) is not None:
            telling.end("floor", at)
            telling.begin(replace(floor, start=time, speaker=speaker))
        case FloorClosed():
            telling.end("floor", at)
        case RollBegun():
            telling.begin(Stretch("roll", "", time))
        case RollCalled(office_id=office, here=False) if (roll := telling.going_on.get("roll")) is not None:
            name = next((each.name for each in room.offices if each.id == office), office)
            telling.begin(replace(roll, title=", ".join(filter(None, (roll.title, name)))))
        case RollEnded():
            telling.end("roll", at)
        case Opened(quorum=quorum) if quorum:
            telling.begin(Stretch("no_quorum", "", time))
        case QuorumChanged(met=False):
            telling.begin(Stretch("no_quorum", "", time))
        case QuorumChanged(met=True):
            telling.end("no_quorum", at)
        case Suspended():
            telling.begin(Stretch("suspended", "", time))
        case Resumed():
            telling.end("suspended", at)
        case RecordPaused(why=why):
            telling.begin(Stretch("off_record", why, time))
        case RecordResumed():
            telling.end("off_record", at)
        case Ended():
            # That there was no quorum does not end with the meeting: it was never met again.
            for kind in [each for each in telling.going_on if each != "no_quorum"]:
                telling.end(kind, at)
