"""Order in the room. Each message knows its command."""

from __future__ import annotations

from typing import Literal

from server.rooms.words import Command, leading, sitting
from server.rooms.words.people import Given
from server.signalling.asks.base import Asked, Line
from server.signalling.shapes import SeatId, Switched


class Stop(Asked):
    """Switch off what is another's; null: of everybody who does not lead."""

    type: Literal["stop"] = "stop"
    seat: SeatId | None
    what: Switched

    def command(self, seat: str) -> Command:
        return leading.Stop(seat, self.seat, self.what)


class LockMics(Asked):
    """Nobody but who leads or has the floor may switch a microphone on. What is on stays on."""

    type: Literal["lock_mics"] = "lock_mics"
    on: bool

    def command(self, seat: str) -> Command:
        return leading.LockMics(seat, self.on)


class LockRoom(Asked):
    """Nobody else comes in, but who leads and those whose seat is kept."""

    type: Literal["lock_room"] = "lock_room"
    on: bool

    def command(self, seat: str) -> Command:
        return leading.LockRoom(seat, self.on)


class Remove(Asked):
    """Show somebody out; `ban`: for good."""

    type: Literal["remove"] = "remove"
    seat: SeatId
    ban: bool

    def command(self, seat: str) -> Command:
        return leading.Remove(seat, self.seat, self.ban)


class Pardon(Asked):
    """Let somebody come back; `person` as the room's `order` names them."""

    type: Literal["pardon"] = "pardon"
    person: SeatId

    def command(self, seat: str) -> Command:
        return leading.Pardon(seat, self.person)


class Appoint(Asked):
    """Give a role. Chair, secretariat and guests keep theirs."""

    type: Literal["appoint"] = "appoint"
    seat: SeatId
    role: Given

    def command(self, seat: str) -> Command:
        return leading.Appoint(seat, self.seat, self.role)


class Suspend(Asked):
    """Skors, and its end."""

    type: Literal["suspend"] = "suspend"
    on: bool

    def command(self, seat: str) -> Command:
        return sitting.Suspend(seat, self.on)


class PauseRecord(Asked):
    """Off the record, with a reason that stands in it; and on it again."""

    type: Literal["pause_record"] = "pause_record"
    on: bool
    why: Line = ""

    def command(self, seat: str) -> Command:
        return sitting.PauseRecord(seat, self.on, self.why)


Request = Stop | LockMics | LockRoom | Remove | Pardon | Appoint | Suspend | PauseRecord
