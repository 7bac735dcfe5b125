"""Chat: what can be asked, and what can happen. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Audience = Literal["all", "leaders", "one"]
Allowed = Literal["all", "leaders"]
"""To whom participants may write. `leaders`: chair, moderator and secretariat."""

# --- events: what happened, in words that last ---


@dataclass(frozen=True, slots=True)
class Written:
    """`to_person`, `to_name`: of one person, else "". People are named, not seats: they may sit elsewhere by then.

    `at`: Unix seconds.
    """

    message: str
    person: str
    name: str
    audience: Audience
    to_person: str
    to_name: str
    text: str
    at: float


@dataclass(frozen=True, slots=True)
class ChatLimited:
    by: str
    to: Allowed


# --- commands ---


@dataclass(frozen=True, slots=True)
class Write:
    """`of`: the seat of whom it is for, where it is for one."""

    seat: str
    audience: Audience
    text: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class LimitChat:
    seat: str
    to: Allowed
