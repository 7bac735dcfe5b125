"""What every message that asks something of a room is. `seat` is always the page's own."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated

from pydantic import Field, StringConstraints

from server.rooms.words import Command
from server.signalling.shapes import Message

Line = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]
Text = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)]
Seconds = Annotated[int, Field(ge=1, le=3600)]
ItemId = Annotated[str, Field(min_length=1, max_length=40)]


class Asked(Message):
    """A message that is a command to the room."""

    @abstractmethod
    def command(self, seat: str) -> Command: ...
