"""Talking beside. Each message knows its command."""

from __future__ import annotations

from typing import Literal

from server.rooms.words import Command, talking
from server.signalling.asks.base import Asked, Text
from server.signalling.shapes import SeatId


class Write(Asked):
    """`to`: the seat of whom it is for, where it is for one."""

    type: Literal["write"] = "write"
    audience: talking.Audience
    text: Text
    to: SeatId = ""

    def command(self, seat: str) -> Command:
        return talking.Write(seat, self.audience, self.text, self.to)


class LimitChat(Asked):
    """To whom others may write: to all, or to who leads only."""

    type: Literal["limit_chat"] = "limit_chat"
    to: talking.Allowed

    def command(self, seat: str) -> Command:
        return talking.LimitChat(seat, self.to)


Request = Write | LimitChat
