"""Order in the room: what whoever leads may do to others. What can be asked, and what can happen. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from server.rooms.words.people import Given

Switched = Literal["mic", "camera", "screen"]

# --- events: what happened, in words that last ---


@dataclass(frozen=True, slots=True)
class SeatStopped:
    """Somebody who may has switched off what is another's; `by` None: it may not be on any more."""

    seat: str
    by: str | None
    what: Switched


@dataclass(frozen=True, slots=True)
class MicsLocked:
    """Who does not lead may not switch a microphone on; `on` False: may again."""

    by: str
    on: bool


@dataclass(frozen=True, slots=True)
class RoomLocked:
    """Who is not inside stays outside, but for who leads, who was let in and whose seat is kept.

    `on` False: may come again.
    """

    by: str
    on: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """Shown out. `SeatLeft` follows. `banned`: may not come back."""

    seat: str
    person: str
    by: str
    banned: bool


@dataclass(frozen=True, slots=True)
class Pardoned:
    """May come back."""

    person: str
    by: str


@dataclass(frozen=True, slots=True)
class RoleGiven:
    """Holds for the person until the meeting ends, wherever they sit."""

    seat: str
    person: str
    role: Given
    by: str


# --- commands ---


@dataclass(frozen=True, slots=True)
class Stop:
    seat: str
    of: str | None
    """A seat; None: of everybody who does not lead."""
    what: Switched


@dataclass(frozen=True, slots=True)
class LockMics:
    seat: str
    on: bool


@dataclass(frozen=True, slots=True)
class LockRoom:
    seat: str
    on: bool


@dataclass(frozen=True, slots=True)
class Remove:
    seat: str
    of: str
    ban: bool


@dataclass(frozen=True, slots=True)
class Pardon:
    seat: str
    person: str


@dataclass(frozen=True, slots=True)
class Appoint:
    seat: str
    of: str
    role: Given
