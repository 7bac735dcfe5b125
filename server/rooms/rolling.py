"""Offices called to speak, one after another: commands to events, events to the room. PURE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from server.rooms.flooring import LONGEST_S, give
from server.rooms.state import Refused, Roll, Room, Seat, allowed, in_session
from server.rooms.voting import roll
from server.rooms.words import Command, RoomEvent
from server.rooms.words.roll import BeginRoll, CallNext, EndRoll, RollBegun, RollCalled, RollEnded

# --- deciding ---


def _begin(room: Room, command: BeginRoll, now: float) -> list[RoomEvent]:
    """In the order of the invitation. Nobody is called yet."""
    seat = allowed(room, command.seat, "give_floor")
    in_session(room)
    if room.roll is not None:
        raise Refused("roll_open", "Giliran satker sedang berjalan. Akhiri lebih dahulu.")
    if not 1 <= command.seconds <= LONGEST_S:
        raise Refused("bad_time", "Waktu bicara antara 1 detik dan 60 menit.")
    if not (offices := roll(room)):
        raise Refused("no_offices_here", "Tidak ada satker yang dapat dipanggil.")
    return [RollBegun(seat.id, offices, command.seconds, now)]


def _next(room: Room, command: CallNext, now: float) -> list[RoomEvent]:
    """Who is not here is passed over, and that stands on the record; they may be called again when they have come."""
    seat = allowed(room, command.seat, "give_floor")
    in_session(room)
    going_on = _going_on(room)
    waiting = [office.id for office in going_on.offices if office.id not in going_on.answers]
    if command.office_id:
        if command.office_id not in {office.id for office in going_on.offices}:
            raise Refused("not_on_roll", "Satker itu tidak diundang ke rapat ini.")
        waiting = [command.office_id]
    events: list[RoomEvent] = []
    for office in waiting:
        speaks = _of(room, office)
        events.append(RollCalled(office, speaks is not None, seat.id, now))
        if speaks is not None:
            return [*events, *give(room, seat, speaks, going_on.seconds, "", now)]
    return [*events, *([] if command.office_id else [RollEnded(seat.id, now)])]


def _of(room: Room, office: str) -> Seat | None:
    """Who speaks for an office: its hall before a single person; nobody whose line is lost, nor an observer."""
    here = [
        seat
        for seat in room.seats.values()
        if seat.occupant.office_id == office and seat.away_since is None and room.may(seat, "speak")
    ]
    return min(here, key=lambda seat: not seat.shared) if here else None


def _end(room: Room, command: EndRoll, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "give_floor")
    _going_on(room)
    return [RollEnded(seat.id, now)]


def _going_on(room: Room) -> Roll:
    if room.roll is None:
        raise Refused("no_roll", "Tidak ada giliran satker yang sedang berjalan.")
    return room.roll


DECIDE: dict[type[Command], Callable[..., list[RoomEvent]]] = {BeginRoll: _begin, CallNext: _next, EndRoll: _end}


def follow(room: Room, now: float) -> list[RoomEvent]:
    return [RollEnded(None, now)] if room.ended and room.roll is not None else []


# --- applying ---


def _called(room: Room, event: RollCalled) -> Room:
    if room.roll is None:
        return room
    answers = {**room.roll.answers, event.office_id: event.here}
    return replace(room, roll=replace(room.roll, answers=answers, called=event.office_id if event.here else None))


APPLY: dict[type[RoomEvent], Callable[..., Room]] = {
    RollBegun: lambda room, event: replace(room, roll=Roll(event.offices, event.seconds)),
    RollCalled: _called,
    RollEnded: lambda room, event: replace(room, roll=None),
}
