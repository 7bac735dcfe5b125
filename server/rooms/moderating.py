"""Order in the room, and what whoever leads may do to others: commands to events, events to the room. PURE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

from server.rooms.seating import vacate
from server.rooms.state import Refused, Room, Seat, allowed, changed, meant, with_seat
from server.rooms.words import Command, RoomEvent
from server.rooms.words.leading import (
    Appoint,
    LockMics,
    LockRoom,
    MicsLocked,
    Pardon,
    Pardoned,
    Remove,
    Removed,
    RoleGiven,
    RoomLocked,
    SeatStopped,
    Stop,
    Switched,
)
from server.rooms.words.people import Given

# --- deciding ---


def _stop(room: Room, command: Stop, now: float) -> list[RoomEvent]:
    """Of everybody: but of who leads, and may stop others."""
    seat = allowed(room, command.seat, "stop")
    if command.of is not None:
        stopped = [meant(room, command.of)]
    else:
        stopped = [each for each in room.seats.values() if not room.may(each, "stop")]
    return [SeatStopped(each.id, seat.id, command.what) for each in stopped if getattr(each, command.what)]


def _lock_mics(room: Room, command: LockMics, now: float) -> list[RoomEvent]:
    """What is on stays on."""
    seat = allowed(room, command.seat, "lock_mics")
    return [] if command.on == room.mics_locked else [MicsLocked(seat.id, command.on)]


def _lock_room(room: Room, command: LockRoom, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "lock_room")
    return [] if command.on == room.locked else [RoomLocked(seat.id, command.on)]


def _remove(room: Room, command: Remove, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "remove")
    other = meant(room, command.of)
    if room.may(other, "end"):
        raise Refused("leads", f"{other.name} ikut memimpin rapat dan tidak dapat dikeluarkan.")
    removed = Removed(other.id, other.occupant.person, seat.id, command.ban)
    return [removed, *vacate(other, "removed")]


def _pardon(room: Room, command: Pardon, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "remove")
    return [Pardoned(command.person, seat.id)] if command.person in room.banned else []


def _appoint(room: Room, command: Appoint, now: float) -> list[RoomEvent]:
    """Chair, secretariat and guests are what they are."""
    seat = allowed(room, command.seat, "appoint")
    other = meant(room, command.of)
    if other.occupant.role not in get_args(Given):
        raise Refused("role_fixed", f"Peran {other.name} tidak dapat diubah.")
    if other.occupant.role == command.role:
        return []
    return [RoleGiven(other.id, other.occupant.person, command.role, seat.id)]


DECIDE: dict[type[Command], Callable[..., list[RoomEvent]]] = {
    Stop: _stop,
    LockMics: _lock_mics,
    LockRoom: _lock_room,
    Remove: _remove,
    Pardon: _pardon,
    Appoint: _appoint,
}


def follow(room: Room, now: float) -> list[RoomEvent]:
    """Who may not have something on any more has it off: an observer, or who had the floor behind a lock."""
    events: list[RoomEvent] = []
    for seat in room.seats.values():
        if seat.mic and not room.may(seat, "speak"):
            events.append(SeatStopped(seat.id, None, "mic"))
        if seat.screen and not room.may(seat, "share"):
            events.append(SeatStopped(seat.id, None, "screen"))
    return events


# --- applying ---


_OFF: dict[Switched, Callable[[Seat], Seat]] = {
    "mic": lambda seat: replace(seat, mic=False, barred=True),
    "camera": lambda seat: replace(seat, camera=False),
    "screen": lambda seat: replace(seat, screen=False),
}


def _removed(room: Room, event: Removed) -> Room:
    room = replace(room, admitted=room.admitted - {event.person})
    if not event.banned:
        return room
    seat = room.seats.get(event.seat)
    return replace(room, banned={**room.banned, event.person: seat.name if seat is not None else ""})


def _given(room: Room, event: RoleGiven) -> Room:
    room = replace(room, roles={**room.roles, event.person: event.role})
    seat = room.seats.get(event.seat)
    return room if seat is None else with_seat(room, replace(seat, occupant=replace(seat.occupant, role=event.role)))


APPLY: dict[type[RoomEvent], Callable[..., Room]] = {
    SeatStopped: lambda room, event: changed(room, event.seat, _OFF[event.what]),
    MicsLocked: lambda room, event: replace(room, mics_locked=event.on),
    RoomLocked: lambda room, event: replace(room, locked=event.on),
    Removed: _removed,
    Pardoned: lambda room, event: replace(
        room, banned={person: name for person, name in room.banned.items() if person != event.person}
    ),
    RoleGiven: _given,
}
