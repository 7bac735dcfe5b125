"""The floor. Each message knows its command."""

from __future__ import annotations

from typing import Literal

from server.rooms.words import Command, floor
from server.signalling.asks.base import Asked, Line, Seconds
from server.signalling.shapes import SeatId


class RaiseHand(Asked):
    """Ask to speak, or interrupt. Hands stand in order, for everybody to see."""

    type: Literal["raise_hand"] = "raise_hand"
    request: floor.Request = "speak"

    def command(self, seat: str) -> Command:
        return floor.RaiseHand(seat, self.request)


class LowerHand(Asked):
    """One's own, or, for who leads, somebody else's; null: all."""

    type: Literal["lower_hand"] = "lower_hand"
    seat: SeatId | None

    def command(self, seat: str) -> Command:
        return floor.LowerHand(seat, self.seat)


class GiveFloor(Asked):
    """For so many seconds; `speaker`: who of a delegation that shares its seat."""

    type: Literal["give_floor"] = "give_floor"
    seat: SeatId
    seconds: Seconds
    speaker: Line = ""

    def command(self, seat: str) -> Command:
        return floor.GiveFloor(seat, self.seat, self.seconds, self.speaker)


class ExtendFloor(Asked):
    type: Literal["extend_floor"] = "extend_floor"
    seconds: Seconds

    def command(self, seat: str) -> Command:
        return floor.ExtendFloor(seat, self.seconds)


class CloseFloor(Asked):
    """By who leads, or who has it."""

    type: Literal["close_floor"] = "close_floor"

    def command(self, seat: str) -> Command:
        return floor.CloseFloor(seat)


Request = RaiseHand | LowerHand | GiveFloor | ExtendFloor | CloseFloor
