"""A page's own microphone, camera and screen, and the meeting's end. Each message knows its command."""

from __future__ import annotations

from typing import Literal

from server.rooms.words import Command, seats
from server.signalling.asks.base import Asked


class SetMic(Asked):
    type: Literal["set_mic"] = "set_mic"
    on: bool

    def command(self, seat: str) -> Command:
        return seats.Switch(seat, mic=self.on)


class SetCamera(Asked):
    type: Literal["set_camera"] = "set_camera"
    on: bool

    def command(self, seat: str) -> Command:
        return seats.Switch(seat, camera=self.on)


class SetScreen(Asked):
    """Share a screen. Refused with `screen_taken` while somebody else does; who may takes over."""

    type: Literal["set_screen"] = "set_screen"
    on: bool

    def command(self, seat: str) -> Command:
        return seats.Switch(seat, screen=self.on)


class End(Asked):
    """End the meeting for all."""

    type: Literal["end"] = "end"

    def command(self, seat: str) -> Command:
        return seats.End(seat)


Request = SetMic | SetCamera | SetScreen | End
