"""Offices: who sits together at a device, and calling them to speak. Each message knows its command."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from server.rooms.words import Command, company, floor, roll
from server.signalling.asks.base import Asked, Line, Seconds
from server.signalling.shapes import Message, SeatId

Name = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]


class Companion(Message):
    """Who sits at a shared device, as they are to be written down."""

    name: Name
    position: Line = ""


class NameCompany(Asked):
    """Everybody who sits at a shared device: one's own, or, for who leads, another."""

    type: Literal["name_company"] = "name_company"
    seat: SeatId
    people: Annotated[list[Companion], Field(max_length=400)]

    def command(self, seat: str) -> Command:
        people = tuple(company.Companion(each.name, each.position) for each in self.people)
        return company.NameCompany(seat, self.seat, people)


class NameSpeaker(Asked):
    """Who of the delegation that has the floor speaks now; by itself, or who leads."""

    type: Literal["name_speaker"] = "name_speaker"
    speaker: Line

    def command(self, seat: str) -> Command:
        return floor.NameSpeaker(seat, self.speaker)


class BeginRoll(Asked):
    """Call the offices that were invited to speak, one after another, each for so many seconds."""

    type: Literal["begin_roll"] = "begin_roll"
    seconds: Seconds

    def command(self, seat: str) -> Command:
        return roll.BeginRoll(seat, self.seconds)


class CallNext(Asked):
    """The next office gets the floor, who is not here is passed over; with `office_id` that one, out of turn."""

    type: Literal["call_next"] = "call_next"
    office_id: SeatId = ""

    def command(self, seat: str) -> Command:
        return roll.CallNext(seat, self.office_id)


class EndRoll(Asked):
    type: Literal["end_roll"] = "end_roll"

    def command(self, seat: str) -> Command:
        return roll.EndRoll(seat)


Request = NameCompany | NameSpeaker | BeginRoll | CallNext | EndRoll
