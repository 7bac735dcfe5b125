"""A room as a pure function of its events: commands in, events out; events in, the room's state out.

`decide` never changes anything and `apply` never refuses: an event is committed between the two, so what everybody was
told is what a restarted server finds again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from server.rooms import agenda, company, door, flooring, moderating, noting, rolling, seating, sitting, talking, voting
from server.rooms.state import Room
from server.rooms.words import Command, RoomEvent

_AREAS = (seating, moderating, flooring, sitting, agenda, noting, talking, voting, door, company, rolling)
_DECIDE: dict[type[Command], Callable[..., list[RoomEvent]]] = {}
_APPLY: dict[type[RoomEvent], Callable[..., Room]] = {}
for _area in _AREAS:
    _DECIDE |= _area.DECIDE
    _APPLY |= _area.APPLY
# What follows from what has happened, whoever did it; in this order, each seeing what the former brought about.
_FOLLOW: tuple[Callable[[Room, float], list[RoomEvent]], ...] = (
    sitting.follow,
    flooring.follow,
    moderating.follow,
    voting.follow,
    rolling.follow,
    door.follow,
)


def decide(room: Room, command: Command, now: float) -> list[RoomEvent]:
    """What happens because of `command` at `now` (Unix seconds). Raises `Refused`."""
    events = _DECIDE[type(command)](room, command, now)
    after = replay(room, events)
    for follow in _FOLLOW:
        followed = follow(after, now)
        events, after = [*events, *followed], replay(after, followed)
    return events


def apply(room: Room, event: RoomEvent) -> Room:
    return _APPLY[type(event)](room, event)


def replay(room: Room, events: Sequence[RoomEvent]) -> Room:
    for event in events:
        room = apply(room, event)
    return room
