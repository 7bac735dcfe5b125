"""Votes, one voice an office: commands to events, events to the room. PURE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from server.rooms.state import Cast, Refused, Room, Vote, allowed, in_session
from server.rooms.words import Command, RoomEvent
from server.rooms.words.people import Office
from server.rooms.words.voting import (
    CallOffice,
    CastVote,
    CloseVote,
    OfficeCalled,
    OpenVote,
    VoteCast,
    VoteClosed,
    VoteOpened,
)

LONGEST = 500  # characters of a question


def roll(room: Room) -> tuple[Office, ...]:
    """Who has a voice: the offices that were invited; where nobody has written them down, those that are here."""
    if room.offices:
        return room.offices
    here = {seat.occupant.office_id: seat.occupant.office for seat in room.seats.values() if seat.occupant.office_id}
    return tuple(Office(id, name) for id, name in here.items())


# --- deciding ---


def _open(room: Room, command: OpenVote, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "lead_vote")
    in_session(room)
    if room.open_vote is not None:
        raise Refused("vote_open", "Masih ada pemungutan suara yang berlangsung. Tutup lebih dahulu.")
    question = command.question.strip()
    if not question or len(question) > LONGEST:
        raise Refused("bad_question", f"Tulis yang diputuskan, paling banyak {LONGEST} huruf.")
    voters = roll(room)
    if not voters:
        raise Refused("no_voters", "Tidak ada satker yang memiliki suara.")
    id = f"v{len(room.votes) + 1}"
    return [VoteOpened(id, question, command.method, voters, room.item, seat.id, now)]


def _call(room: Room, command: CallOffice, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "lead_vote")
    vote = _going_on(room)
    if vote.method != "roll_call":
        raise Refused("no_roll_call", "Pemungutan suara ini tidak dengan memanggil satu per satu.")
    if command.office_id is not None:
        _with_voice(vote, command.office_id)
    return [] if command.office_id == vote.called else [OfficeCalled(vote.id, command.office_id, seat.id)]


def _cast(room: Room, command: CastVote, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "lead_vote" if command.office_id else "vote")
    in_session(room)
    vote = _going_on(room)
    office = command.office_id or seat.occupant.office_id
    _with_voice(vote, office)
    if vote.method == "roll_call" and not command.office_id and office != vote.called:
        raise Refused("not_called", "Tunggu sampai satker Anda dipanggil.")
    cast = Cast(command.choice, "" if command.office_id else seat.name)
    return [] if vote.casts.get(office) == cast else [VoteCast(vote.id, office, cast.choice, seat.id, cast.name)]


def _close(room: Room, command: CloseVote, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "lead_vote")
    return [VoteClosed(_going_on(room).id, seat.id, command.cancel, now)]


def _going_on(room: Room) -> Vote:
    if room.open_vote is None:
        raise Refused("no_vote", "Tidak ada pemungutan suara yang berlangsung.")
    return room.open_vote


def _with_voice(vote: Vote, office: str) -> None:
    """Raises `Refused`."""
    if office not in {each.id for each in vote.roll}:
        raise Refused("no_voice", "Satker ini tidak memiliki suara dalam pemungutan suara ini.")


DECIDE: dict[type[Command], Callable[..., list[RoomEvent]]] = {
    OpenVote: _open,
    CallOffice: _call,
    CastVote: _cast,
    CloseVote: _close,
}


def follow(room: Room, now: float) -> list[RoomEvent]:
    """A vote that nobody closed before the end has no result."""
    if room.ended and room.open_vote is not None:
        return [VoteClosed(room.open_vote.id, None, True, now)]
    return []


# --- applying ---


def _opened(room: Room, event: VoteOpened) -> Room:
    vote = Vote(event.vote, event.question, event.method, event.roll, event.item, event.at)
    return replace(room, votes={**room.votes, vote.id: vote})


def _changed(room: Room, id: str, change: Callable[[Vote], Vote]) -> Room:
    return replace(room, votes={**room.votes, id: change(room.votes[id])})


def _was_cast(room: Room, event: VoteCast) -> Room:
    cast = Cast(event.choice, event.name)
    return _changed(room, event.vote, lambda vote: replace(vote, casts={**vote.casts, event.office_id: cast}))


APPLY: dict[type[RoomEvent], Callable[..., Room]] = {
    VoteOpened: _opened,
    OfficeCalled: lambda room, event: _changed(room, event.vote, lambda vote: replace(vote, called=event.office_id)),
    VoteCast: _was_cast,
    VoteClosed: lambda room, event: _changed(
        room, event.vote, lambda vote: replace(vote, closed=True, cancelled=event.cancelled, called=None)
    ),
}
