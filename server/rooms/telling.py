"""What pages are told because of an event, and who has just come. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from server.rooms import saying, standings, talking
from server.rooms.powers import Power
from server.rooms.state import Room, Seat
from server.rooms.words import RoomEvent
from server.rooms.words.agenda import AgendaSet, ItemBegun
from server.rooms.words.company import CompanyNamed
from server.rooms.words.door import DoorSet
from server.rooms.words.floor import FloorClosed, FloorExtended, FloorGiven, HandLowered, HandRaised, SpeakerNamed
from server.rooms.words.leading import MicsLocked, Removed, RoleGiven, RoomLocked, SeatStopped
from server.rooms.words.notes import CarriedSettled, NoteChanged, NoteMade, NoteWithdrawn
from server.rooms.words.roll import RollBegun, RollEnded
from server.rooms.words.seats import Ended, SeatAway, SeatLeft, SeatSwitched, SeatTaken
from server.rooms.words.sitting import Presided, QuorumChanged, RecordPaused, RecordResumed, Resumed, Suspended
from server.rooms.words.talking import ChatLimited, Written
from server.rooms.words.voting import OfficeCalled, VoteCast, VoteClosed, VoteOpened
from server.signalling import messages as say
from server.signalling import standing
from server.signalling.shapes import Message

REMOVED = "Anda dikeluarkan dari rapat ini oleh pimpinan rapat."


@dataclass(frozen=True, slots=True)
class Telling:
    """`to` None: everybody, without `but`."""

    message: Message
    to: str | None = None
    but: str | None = None


Part = Callable[[Room, float], Message]
_PARTS: tuple[Part, ...] = (
    standings.order,
    standings.floor,
    standings.agenda,
    standings.notes,
    standings.chat_rules,
    standings.votes,
    standings.roll,
    standings.carried,
)
_CHANGED: Mapping[type[RoomEvent], Part] = {
    **dict.fromkeys(
        (HandRaised, HandLowered, FloorGiven, FloorExtended, FloorClosed, SpeakerNamed, MicsLocked), standings.floor
    ),
    **dict.fromkeys(
        (Suspended, Resumed, RecordPaused, RecordResumed, Presided, RoomLocked, DoorSet, QuorumChanged), standings.order
    ),
    **dict.fromkeys((AgendaSet, ItemBegun), standings.agenda),
    **dict.fromkeys((RollBegun, RollEnded), standings.roll),
    CarriedSettled: standings.carried,
    ChatLimited: standings.chat_rules,
    **dict.fromkeys((NoteMade, NoteChanged, NoteWithdrawn), standings.notes),
}


_OF_ONE = (SeatTaken, SeatAway, SeatSwitched, SeatStopped, RoleGiven, CompanyNamed)


def greeting(room: Room, seat: Seat, opened_at: float) -> list[Message]:
    """Behind the welcome of who sits down."""
    parts = [
        standings.powers(room, seat),
        *(part(room, opened_at) for part in _PARTS),
        standings.chat(room, seat, opened_at),
    ]
    return [*parts, *_for_doorkeepers(room, seat, opened_at)]


def _for_doorkeepers(room: Room, seat: Seat, opened_at: float) -> Iterator[Message]:
    if room.may(seat, "admit"):
        yield standings.door(room, opened_at)
    if room.may(seat, "remove") and room.banned:
        yield standings.outside(room)


# --- what an event is told as ---


def told(before: Room, room: Room, event: RoomEvent, opened_at: float) -> Iterator[Telling]:
    """`before` and `room`: without and with the event. What is told whole comes once, when all is said: `changed`."""
    match event:
        case SeatStopped(seat=seat, what=what, by=by):
            yield Telling(standing.Stopped(what=what, by=_name(room, by)), to=seat)
        case Removed(seat=seat):
            yield Telling(say.Failure(code="removed", detail=REMOVED, fatal=True), to=seat)
        case Written():
            for reader in room.seats.values():
                if talking.reads(room, reader, event):
                    yield Telling(
                        standing.ChatWritten(message=standings.written(event, reader, opened_at)), to=reader.id
                    )
        case VoteOpened(vote=id) | OfficeCalled(vote=id) | VoteCast(vote=id) | VoteClosed(vote=id):
            yield Telling(standing.VoteChanged(vote=standings.vote(room.votes[id], opened_at)))
        case Ended():
            yield Telling(say.Ended())
        case SeatLeft(seat=seat, reason=reason) if reason != "ended":
            yield Telling(say.Left(seat=seat), but=seat)
    if isinstance(event, _OF_ONE) and event.seat in room.seats:
        # Who sits down learns of themselves by their welcome.
        but = event.seat if isinstance(event, SeatTaken) else None
        yield Telling(say.Joined(participant=saying.participant(room.seats[event.seat])), but=but)
    if isinstance(event, RoleGiven | Presided):
        yield from _powers_changed(before, room, opened_at)


def changed(before: Room, room: Room, events: Sequence[RoomEvent], opened_at: float) -> Iterator[Telling]:
    """Parts of the room that a command has changed, each once, however many events that took."""
    parts = dict.fromkeys(part for event in events if (part := _CHANGED.get(type(event))) is not None)
    yield from (Telling(part(room, opened_at)) for part in parts)
    if before.roll is not None and room.roll is not None and before.roll != room.roll:
        yield Telling(standings.called(before.roll, room.roll))
    if before.waiting != room.waiting:
        yield from _to_who_may(room, "admit", standings.door(room, opened_at))
    if before.banned != room.banned:
        yield from _to_who_may(room, "remove", standings.outside(room))


def _to_who_may(room: Room, power: Power, message: Message) -> Iterator[Telling]:
    return (Telling(message, to=seat.id) for seat in room.seats.values() if room.may(seat, power))


def _powers_changed(before: Room, room: Room, opened_at: float) -> Iterator[Telling]:
    for seat in room.seats.values():
        former = before.seats.get(seat.id)
        if former is not None and before.powers(former) != room.powers(seat):
            yield Telling(standings.powers(room, seat), to=seat.id)
            yield from (Telling(each, to=seat.id) for each in _for_doorkeepers(room, seat, opened_at))
            if (chat := standings.chat(room, seat, opened_at)) != standings.chat(before, former, opened_at):
                yield Telling(chat, to=seat.id)  # what is for who leads is theirs to read now, or not any more


def _name(room: Room, seat: str | None) -> str:
    held = room.seats.get(seat) if seat is not None else None
    return held.name if held is not None else ""
