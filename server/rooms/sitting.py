"""Whether the meeting sits, is on the record, and who presides: commands to events, events to the room. PURE."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from server.rooms.powers import RANKS
from server.rooms.state import Pause, Refused, Room, Seat, allowed, in_session
from server.rooms.words import Command, RoomEvent
from server.rooms.words.sitting import (
    PauseRecord,
    Presided,
    QuorumChanged,
    RecordPaused,
    RecordResumed,
    Resumed,
    Suspend,
    Suspended,
)

GRACE_S = 10.0  # a chair whose line is lost no longer than this, a page loaded anew, goes on presiding

# --- deciding ---


def _suspend(room: Room, command: Suspend, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "suspend")
    if command.on == (room.suspended is not None):
        return []
    return [Suspended(seat.id, now) if command.on else Resumed(seat.id, now)]


def _pause(room: Room, command: PauseRecord, now: float) -> list[RoomEvent]:
    seat = allowed(room, command.seat, "pause_record")
    in_session(room)
    if command.on == (room.pause is not None):
        return []
    if not command.on:
        return [RecordResumed(seat.id, now)]
    if not (why := command.why.strip()):
        raise Refused("no_reason", "Tulis alasan perekaman dijeda; alasan itu tercantum dalam catatan rapat.")
    return [RecordPaused(seat.id, why, False, now)]


DECIDE: dict[type[Command], Callable[..., list[RoomEvent]]] = {Suspend: _suspend, PauseRecord: _pause}


def follow(room: Room, now: float) -> list[RoomEvent]:
    """Whoever is first in rank presides: a chair who drops out is replaced, and takes the chair back on return."""
    first = None if room.ended else _first(room, now)
    presided: list[RoomEvent] = [] if first == room.presiding else [Presided(first)]
    return [*presided, *_quorum(room, now)]


def _quorum(room: Room, now: float) -> list[RoomEvent]:
    """The moment at which enough offices are here, and the one at which they are not any more."""
    if not room.quorum or not room.opened or room.ended:
        return []
    met = room.present >= room.quorum
    return [] if met == room.quorate else [QuorumChanged(met, room.present, now)]


def _first(room: Room, now: float) -> str | None:
    def rank(seat: Seat) -> tuple[int, bool]:
        return RANKS.index(seat.occupant.role), seat.id != room.presiding

    here = [seat for seat in room.seats.values() if seat.occupant.role in RANKS and _here(seat, now)]
    return min(here, key=rank).id if here else None


def _here(seat: Seat, now: float) -> bool:
    return seat.away_since is None or now - seat.away_since <= GRACE_S


# --- applying ---


APPLY: dict[type[RoomEvent], Callable[..., Room]] = {
    Suspended: lambda room, event: replace(room, suspended=event.at),
    Resumed: lambda room, event: replace(room, suspended=None),
    RecordPaused: lambda room, event: replace(room, pause=Pause(event.why, event.item, event.at)),
    RecordResumed: lambda room, event: replace(room, pause=None),
    QuorumChanged: lambda room, event: replace(room, quorate=event.met),
    Presided: lambda room, event: replace(room, presiding=event.seat),
}
