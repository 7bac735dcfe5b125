"""Votes, one voice an office. Each message knows its command."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from server.rooms.words import Command, voting
from server.signalling.asks.base import Asked
from server.signalling.shapes import SeatId


class OpenVote(Asked):
    """One voice for every office that was invited."""

    type: Literal["open_vote"] = "open_vote"
    question: Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
    method: voting.Method

    def command(self, seat: str) -> Command:
        return voting.OpenVote(seat, self.question, self.method)


class CallOffice(Asked):
    """Roll call: whose turn it is; null: nobody's."""

    type: Literal["call_office"] = "call_office"
    office_id: SeatId | None

    def command(self, seat: str) -> Command:
        return voting.CallOffice(seat, self.office_id)


class CastVote(Asked):
    """With one's own office's voice; with `office_id` that of another, entered by who leads."""

    type: Literal["cast_vote"] = "cast_vote"
    choice: voting.Choice
    office_id: SeatId = ""

    def command(self, seat: str) -> Command:
        return voting.CastVote(seat, self.choice, self.office_id)


class CloseVote(Asked):
    """`cancel`: without a result."""

    type: Literal["close_vote"] = "close_vote"
    cancel: bool = False

    def command(self, seat: str) -> Command:
        return voting.CloseVote(seat, self.cancel)


Request = OpenVote | CallOffice | CastVote | CloseVote
