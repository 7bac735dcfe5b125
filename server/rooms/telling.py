"""What pages are told because of an event, and how a led room stands for one who has just come. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from server.rooms import saying, talking
from server.rooms.state import Note, Room, Seat, Vote
from server.rooms.words import RoomEvent
from server.rooms.words.agenda import AgendaSet, ItemBegun
from server.rooms.words.floor import FloorClosed, FloorExtended, FloorGiven, HandLowered, HandRaised
from server.rooms.words.leading import MicsLocked, Pardoned, Removed, RoleGiven, RoomLocked, SeatStopped
from server.rooms.words.notes import NoteChanged, NoteMade, NoteWithdrawn
from server.rooms.words.seats import Ended, SeatAway, SeatLeft, SeatSwitched, SeatTaken
from server.rooms.words.sitting import Presided, RecordPaused, RecordResumed, Resumed, Suspended
from server.rooms.words.talking import ChatLimited, Written
from server.rooms.words.voting import OfficeCalled, VoteCast, VoteClosed, VoteOpened
from server.signalling import messages as say
from server.signalling import standing
from server.signalling.asks.agenda import Item, Outcome
from server.signalling.shapes import Message

REMOVED = "Anda dikeluarkan dari rapat ini oleh pimpinan rapat."


@dataclass(frozen=True, slots=True)
class Telling:
    """`to` None: everybody, without `but`."""

    message: Message
    to: str | None = None
    but: str | None = None


# --- how the room stands, part by part; `opened_at`: Unix seconds at which meeting time begins ---


def floor(room: Room, opened_at: float) -> standing.Floor:
    grant = room.grant
    return standing.Floor(
        hands=[standing.Hand(seat=hand.seat, request=hand.request) for hand in room.hands],
        grant=None
        if grant is None
        else standing.Grant(
            seat=grant.seat, speaker=grant.speaker, since=_meeting_time(grant.since, opened_at), seconds=grant.seconds
        ),
        mics_locked=room.mics_locked,
    )


def order(room: Room, opened_at: float) -> standing.Order:
    return standing.Order(
        presiding=room.presiding,
        suspended=None if room.suspended is None else _meeting_time(room.suspended, opened_at),
        pause=None
        if room.pause is None
        else standing.Pause(why=room.pause.why, since=_meeting_time(room.pause.since, opened_at)),
        locked=room.locked,
    )


def agenda(room: Room, opened_at: float) -> standing.Agenda:
    return standing.Agenda(
        items=[
            Item(id=each.id, title=each.title, presenter=each.presenter, minutes=each.minutes, recorded=each.recorded)
            for each in room.agenda
        ],
        item=room.item,
        since=_meeting_time(room.item_since, opened_at),
    )


def notes(room: Room, opened_at: float) -> standing.Notes:
    return standing.Notes(notes=[_note(each, opened_at) for each in room.notes.values()])


def _note(note: Note, opened_at: float) -> standing.Note:
    said = note.said
    return standing.Note(
        id=note.id,
        outcome=Outcome(kind=said.kind, text=said.text, who=said.who, due=said.due, stage=said.stage),
        item=note.item,
        at=_meeting_time(note.at, opened_at),
        withdrawn=note.withdrawn,
    )


def chat_rules(room: Room, opened_at: float) -> standing.ChatRules:
    return standing.ChatRules(to=room.chat_to)


def chat(room: Room, seat: Seat, opened_at: float) -> standing.Chat:
    return standing.Chat(
        messages=[_written(each, seat, opened_at) for each in room.chat if talking.reads(room, seat, each)]
    )


def _written(message: Written, seat: Seat, opened_at: float) -> standing.ChatMessage:
    return standing.ChatMessage(
        id=message.message,
        name=message.name,
        own=message.person == seat.occupant.person,
        audience=message.audience,
        to=message.to_name,
        text=message.text,
        at=_meeting_time(message.at, opened_at),
    )


def votes(room: Room, opened_at: float) -> standing.Votes:
    return standing.Votes(votes=[vote(each, opened_at) for each in room.votes.values()])


def vote(held: Vote, opened_at: float) -> standing.Vote:
    voices = []
    for office in held.roll:
        cast = held.casts.get(office.id)
        choice, name = (cast.choice, cast.name) if cast is not None else (None, "")
        voices.append(standing.Voice(office_id=office.id, office=office.name, choice=choice, name=name))
    return standing.Vote(
        id=held.id,
        question=held.question,
        method=held.method,
        voices=voices,
        called=held.called,
        item=held.item,
        at=_meeting_time(held.at, opened_at),
        closed=held.closed,
        cancelled=held.cancelled,
    )


def powers(room: Room, seat: Seat) -> standing.Powers:
    return standing.Powers(may=sorted(room.powers(seat)))


def outside(room: Room) -> standing.Outside:
    return standing.Outside(people=[standing.Banned(person=person, name=name) for person, name in room.banned.items()])


def _meeting_time(moment: float, opened_at: float) -> float:
    return max(0.0, moment - opened_at)


Part = Callable[[Room, float], Message]
_PARTS: tuple[Part, ...] = (order, floor, agenda, notes, chat_rules, votes)
_CHANGED: Mapping[type[RoomEvent], Part] = {
    **dict.fromkeys((HandRaised, HandLowered, FloorGiven, FloorExtended, FloorClosed, MicsLocked), floor),
    **dict.fromkeys((Suspended, Resumed, RecordPaused, RecordResumed, Presided, RoomLocked), order),
    **dict.fromkeys((AgendaSet, ItemBegun), agenda),
    ChatLimited: chat_rules,
    **dict.fromkeys((NoteMade, NoteChanged, NoteWithdrawn), notes),
}


def greeting(room: Room, seat: Seat, opened_at: float) -> list[Message]:
    """Behind the welcome of who sits down."""
    parts = [powers(room, seat), *(part(room, opened_at) for part in _PARTS), chat(room, seat, opened_at)]
    return [*parts, outside(room)] if room.banned and room.may(seat, "remove") else parts


# --- what an event is told as ---


def told(before: Room, room: Room, event: RoomEvent, opened_at: float) -> Iterator[Telling]:
    """`before` and `room`: without and with the event."""
    if (part := _CHANGED.get(type(event))) is not None:
        yield Telling(part(room, opened_at))
    match event:
        case SeatStopped(seat=seat, what=what, by=by):
            yield Telling(standing.Stopped(what=what, by=_name(room, by)), to=seat)
        case Removed(seat=seat):
            yield Telling(say.Failure(code="removed", detail=REMOVED, fatal=True), to=seat)
        case Written():
            for reader in room.seats.values():
                if talking.reads(room, reader, event):
                    yield Telling(standing.ChatWritten(message=_written(event, reader, opened_at)), to=reader.id)
        case VoteOpened(vote=id) | OfficeCalled(vote=id) | VoteCast(vote=id) | VoteClosed(vote=id):
            yield Telling(standing.VoteChanged(vote=vote(room.votes[id], opened_at)))
        case Ended():
            yield Telling(say.Ended())
        case SeatLeft(seat=seat):
            yield Telling(say.Left(seat=seat), but=seat)
    if isinstance(event, SeatTaken | SeatAway | SeatSwitched | SeatStopped | RoleGiven) and event.seat in room.seats:
        # Who sits down learns of themselves by their welcome.
        but = event.seat if isinstance(event, SeatTaken) else None
        yield Telling(say.Joined(participant=saying.participant(room.seats[event.seat])), but=but)
    if isinstance(event, RoleGiven | Presided):
        yield from _powers_changed(before, room)
    if isinstance(event, Removed | Pardoned) and before.banned != room.banned:
        yield from (Telling(outside(room), to=seat.id) for seat in room.seats.values() if room.may(seat, "remove"))


def _powers_changed(before: Room, room: Room) -> Iterator[Telling]:
    for seat in room.seats.values():
        former = before.seats.get(seat.id)
        if former is not None and before.powers(former) != room.powers(seat):
            yield Telling(powers(room, seat), to=seat.id)


def _name(room: Room, seat: str | None) -> str:
    held = room.seats.get(seat) if seat is not None else None
    return held.name if held is not None else ""
