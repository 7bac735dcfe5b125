"""Who waits outside, and who lets them in: commands to events, events to the room. PURE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from server.rooms.seating import waits
from server.rooms.state import Refused, Room, Waiting, allowed
from server.rooms.words import Command, RoomEvent
from server.rooms.words.door import (
    Admit,
    Admitted,
    DoorSet,
    Knocked,
    SetDoor,
    StopWaiting,
    TurnAway,
    TurnedAway,
    WaitEnded,
)

# --- deciding ---


def _set(room: Room, command: SetDoor, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "admit")
    return [] if command.waits == room.waits else [DoorSet(seat.id, command.waits)]


def _admit(room: Room, command: Admit, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "admit")
    people = list(room.waiting) if command.person is None else [_outside(room, command.person)]
    return [Admitted(person, seat.id) for person in people]


def _turn_away(room: Room, command: TurnAway, now: float) -> list[RoomEvent]:
    """They may knock again: for good is what `Remove` with a ban does."""
    seat = allowed(room, command.seat, "admit")
    return [TurnedAway(_outside(room, command.person), seat.id)]


def _outside(room: Room, person: str) -> str:
    """Raises `Refused`."""
    if person not in room.waiting:
        raise Refused("not_waiting", "Peserta itu sudah tidak berada di ruang tunggu.")
    return person


def _stop(room: Room, command: StopWaiting, now: float) -> list[RoomEvent]:
    return [WaitEnded(command.person)] if command.person in room.waiting else []


DECIDE: dict[type[Command], Callable[..., list[RoomEvent]]] = {
    SetDoor: _set,
    Admit: _admit,
    TurnAway: _turn_away,
    StopWaiting: _stop,
}


def follow(room: Room, now: float) -> list[RoomEvent]:
    """Nobody stays outside who need not wait any more."""
    return [Admitted(person, None) for person, each in room.waiting.items() if not waits(room, each.occupant)]


# --- applying ---


def _gone(room: Room, event: WaitEnded | TurnedAway | Admitted) -> Room:
    return replace(room, waiting={person: each for person, each in room.waiting.items() if person != event.person})


def _knocked(room: Room, event: Knocked) -> Room:
    return replace(room, waiting={**room.waiting, event.occupant.person: Waiting(event.occupant, event.at)})


APPLY: dict[type[RoomEvent], Callable[..., Room]] = {
    DoorSet: lambda room, event: replace(room, waits=event.waits),
    Knocked: _knocked,
    WaitEnded: _gone,
    TurnedAway: _gone,
    Admitted: lambda room, event: replace(_gone(room, event), admitted=room.admitted | {event.person}),
}
