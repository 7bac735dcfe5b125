"""A room as a pure function of its events: commands in, events out; events in, the room's state out.

`decide` never changes anything and `apply` never refuses: an event is committed between the two, so what everybody was
told is what a restarted server finds again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from server.rooms.words import (
    Command,
    Connect,
    Disconnect,
    End,
    Ended,
    Enter,
    Expire,
    Leave,
    LoseLine,
    Occupant,
    Open,
    Opened,
    PeerGiven,
    PeerGone,
    Restart,
    Role,
    RoomEvent,
    SeatAway,
    SeatLeft,
    SeatSwitched,
    SeatTaken,
    Switch,
)

AWAY_S = 45.0  # how long a lost line keeps its seat
LEADERS: frozenset[Role] = frozenset({"chair", "secretariat"})


class Refused(Exception):
    """A command that this room does not allow now. `code` is stable."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True)
class Seat:
    id: str
    occupant: Occupant
    shared: bool
    mic: bool
    camera: bool
    screen: bool = False
    peer: str | None = None
    away_since: float | None = None  # Unix seconds

    @property
    def name(self) -> str:
        """A shared seat is shown as its office: who sits there is not known."""
        return self.occupant.office if self.shared else self.occupant.name


@dataclass(frozen=True, slots=True)
class Room:
    seats: dict[str, Seat] = field(default_factory=dict)
    seat_by_peer: dict[str, str] = field(default_factory=dict)
    opened: bool = False
    ended: bool = False

    def seat_of(self, person: str) -> Seat | None:
        return next((seat for seat in self.seats.values() if seat.occupant.person == person), None)

    def seat_with(self, peer: str) -> Seat | None:
        seat = self.seats.get(self.seat_by_peer.get(peer, ""))
        return seat if seat is not None and seat.peer == peer else None

    @property
    def sharing(self) -> Seat | None:
        """Whose screen is shared."""
        return next((seat for seat in self.seats.values() if seat.screen), None)


def decide(room: Room, command: Command, now: float) -> list[RoomEvent]:
    """What happens because of `command` at `now` (Unix seconds). Raises `Refused`."""
    return _DECIDE[type(command)](room, command, now)


def apply(room: Room, event: RoomEvent) -> Room:
    return _APPLY[type(event)](room, event)


# --- deciding ---


def _in_open_room(room: Room) -> None:
    if room.ended:
        raise Refused("meeting_ended", "Rapat sudah diakhiri.")
    if not room.opened:
        raise Refused("meeting_not_open", "Rapat belum dibuka.")


def _seated(room: Room, seat: str) -> Seat:
    _in_open_room(room)
    found = room.seats.get(seat)
    if found is None:
        raise Refused("no_seat", "Anda tidak lagi berada di rapat ini.")
    return found


def _open(room: Room, command: Open, now: float) -> list[RoomEvent]:
    if room.ended:
        raise Refused("meeting_ended", "Rapat sudah diakhiri.")
    return [] if room.opened else [Opened()]


def _enter(room: Room, command: Enter, now: float) -> list[RoomEvent]:
    _in_open_room(room)
    kept = room.seat_of(command.occupant.person)
    seat = kept.id if kept is not None else command.fresh_seat
    return [SeatTaken(seat, command.occupant, command.shared, command.mic, command.camera)]


def _connect(room: Room, command: Connect, now: float) -> list[RoomEvent]:
    seat = _seated(room, command.seat)
    gone: list[RoomEvent] = [PeerGone(seat.id, seat.peer)] if seat.peer is not None else []
    return [*gone, PeerGiven(seat.id, command.peer)]


def _disconnect(room: Room, command: Disconnect, now: float) -> list[RoomEvent]:
    seat = room.seat_with(command.peer)
    return [PeerGone(seat.id, command.peer)] if seat is not None else []


def _switch(room: Room, command: Switch, now: float) -> list[RoomEvent]:
    seat = _seated(room, command.seat)
    wanted = {name: on for name in ("mic", "camera", "screen") if (on := getattr(command, name)) is not None}
    switched = replace(seat, **wanted)
    if switched == seat:
        return []
    taken_over = _taking_screen(room, seat) if switched.screen and not seat.screen else []
    return [*taken_over, SeatSwitched(seat.id, switched.mic, switched.camera, switched.screen)]


def _taking_screen(room: Room, seat: Seat) -> list[RoomEvent]:
    """One screen at a time: what ends because `seat` begins to share. Raises `Refused`."""
    former = room.sharing
    if former is None:
        return []
    if seat.occupant.role not in LEADERS:
        raise Refused("screen_taken", f"{former.name} sedang berbagi layar.")
    return _screen_off(former)


def _screen_off(seat: Seat) -> list[RoomEvent]:
    return [SeatSwitched(seat.id, seat.mic, seat.camera, screen=False)] if seat.screen else []


def _lose_line(room: Room, command: LoseLine, now: float) -> list[RoomEvent]:
    seat = room.seats.get(command.seat)
    return _away(seat, now) if seat is not None else []


def _away(seat: Seat, now: float) -> list[RoomEvent]:
    return [*_screen_off(seat), SeatAway(seat.id, now)] if seat.away_since is None else []


def _leave(room: Room, command: Leave, now: float) -> list[RoomEvent]:
    seat = room.seats.get(command.seat)
    return _vacate(seat, "left") if seat is not None else []


def _vacate(seat: Seat, reason: Literal["left", "lost", "ended"]) -> list[RoomEvent]:
    gone: list[RoomEvent] = [PeerGone(seat.id, seat.peer)] if seat.peer is not None else []
    return [*gone, SeatLeft(seat.id, reason)]


def _end(room: Room, command: End, now: float) -> list[RoomEvent]:
    if room.ended:
        return []
    if command.seat is not None and _seated(room, command.seat).occupant.role not in LEADERS:
        raise Refused("forbidden", "Hanya pimpinan rapat atau sekretariat yang dapat mengakhiri rapat.")
    left = [event for seat in room.seats.values() for event in _vacate(seat, "ended")]
    return [*left, Ended(command.seat)]


def _restart(room: Room, command: Restart, now: float) -> list[RoomEvent]:
    events: list[RoomEvent] = []
    for seat in room.seats.values():
        if seat.peer is not None:
            events.append(PeerGone(seat.id, seat.peer))
        events += _away(seat, now)
    return events


def _expire(room: Room, command: Expire, now: float) -> list[RoomEvent]:
    away = [seat for seat in room.seats.values() if seat.away_since is not None and now - seat.away_since > AWAY_S]
    return [event for seat in away for event in _vacate(seat, "lost")]


_DECIDE: dict[type[Command], Callable[..., list[RoomEvent]]] = {
    Enter: _enter,
    Connect: _connect,
    Disconnect: _disconnect,
    Switch: _switch,
    LoseLine: _lose_line,
    Leave: _leave,
    Open: _open,
    End: _end,
    Restart: _restart,
    Expire: _expire,
}

# --- applying ---


def _with(room: Room, seat: Seat) -> Room:
    return replace(room, seats={**room.seats, seat.id: seat})


def _taken(room: Room, event: SeatTaken) -> Room:
    """Media that lives is kept; a screen is not: who comes back asks for it again."""
    kept = room.seats.get(event.seat)
    peer = kept.peer if kept is not None else None
    return _with(room, Seat(event.seat, event.occupant, event.shared, event.mic, event.camera, peer=peer))


def _changed(room: Room, seat: str, change: Callable[[Seat], Seat]) -> Room:
    found = room.seats.get(seat)
    return room if found is None else _with(room, change(found))


def _switched(room: Room, event: SeatSwitched) -> Room:
    return _changed(
        room, event.seat, lambda seat: replace(seat, mic=event.mic, camera=event.camera, screen=event.screen)
    )


def _given(room: Room, event: PeerGiven) -> Room:
    room = _changed(room, event.seat, lambda seat: replace(seat, peer=event.peer))
    return replace(room, seat_by_peer={**room.seat_by_peer, event.peer: event.seat})


def _gone(room: Room, event: PeerGone) -> Room:
    room = _changed(room, event.seat, lambda seat: replace(seat, peer=None) if seat.peer == event.peer else seat)
    return replace(room, seat_by_peer={peer: seat for peer, seat in room.seat_by_peer.items() if peer != event.peer})


def _left(room: Room, event: SeatLeft) -> Room:
    return replace(room, seats={id: seat for id, seat in room.seats.items() if id != event.seat})


_APPLY: dict[type[RoomEvent], Callable[..., Room]] = {
    Opened: lambda room, event: replace(room, opened=True),
    SeatTaken: _taken,
    SeatAway: lambda room, event: _changed(room, event.seat, lambda seat: replace(seat, away_since=event.since)),
    SeatLeft: _left,
    SeatSwitched: _switched,
    PeerGiven: _given,
    PeerGone: _gone,
    Ended: lambda room, event: replace(room, ended=True),
}
