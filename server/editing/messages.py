"""What a page that shows a transcript and the server tell each other while people edit it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from server.auth.schemas import Closed
from server.editing.schemas import Id


class At(Closed):
    """From the page: where its reader is."""

    type: Literal["at"]
    line: Id | None
    editing: bool


class Somebody(BaseModel):
    id: str = Field(description="The person's: one's own is among them")
    name: str
    line: str | None
    editing: bool


class Present(BaseModel):
    """Everybody who has the page open."""

    type: Literal["present"] = "present"
    people: list[Somebody]


class Changed(BaseModel):
    """The record has a change of this number: what it is, `transcript?since=` tells."""

    type: Literal["changed"] = "changed"
    change: int


class Refused(BaseModel):
    """Said before the socket closes: a page cannot read why a handshake failed."""

    type: Literal["failure"] = "failure"
    code: str
    detail: str
    fatal: bool = True
