"""Who waits outside. Each message knows its command."""

from __future__ import annotations

from typing import Literal

from server.rooms.words import Command, door
from server.signalling.asks.base import Asked
from server.signalling.shapes import SeatId


class SetDoor(Asked):
    """Who waits outside until somebody lets them in; who may let others in never does."""

    type: Literal["set_door"] = "set_door"
    waits: door.Waits

    def command(self, seat: str) -> Command:
        return door.SetDoor(seat, self.waits)


class Admit(Asked):
    """`person` as `door` names them; null: everybody who waits."""

    type: Literal["admit"] = "admit"
    person: SeatId | None

    def command(self, seat: str) -> Command:
        return door.Admit(seat, self.person)


class TurnAway(Asked):
    """They may knock again."""

    type: Literal["turn_away"] = "turn_away"
    person: SeatId

    def command(self, seat: str) -> Command:
        return door.TurnAway(seat, self.person)


Request = SetDoor | Admit | TurnAway
