"""Coming in: who waits outside, and who lets them in. What can be asked, and what can happen. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from server.rooms.words.people import Occupant

Waits = Literal["nobody", "guests", "everybody"]
"""Who waits outside until somebody lets them in; whoever may let others in never does."""

# --- events: what happened, in words that last ---


@dataclass(frozen=True, slots=True)
class DoorSet:
    by: str
    waits: Waits


@dataclass(frozen=True, slots=True)
class Knocked:
    """Somebody waits outside. `at`: Unix seconds."""

    occupant: Occupant
    at: float


@dataclass(frozen=True, slots=True)
class WaitEnded:
    """They went, or their line was lost."""

    person: str


@dataclass(frozen=True, slots=True)
class Admitted:
    """May come in until the meeting ends, or they are shown out; `by` None: nobody has to wait any more."""

    person: str
    by: str | None


@dataclass(frozen=True, slots=True)
class TurnedAway:
    person: str
    by: str


# --- commands ---


@dataclass(frozen=True, slots=True)
class SetDoor:
    seat: str
    waits: Waits


@dataclass(frozen=True, slots=True)
class Admit:
    """`person` None: everybody who waits."""

    seat: str
    person: str | None


@dataclass(frozen=True, slots=True)
class TurnAway:
    seat: str
    person: str


@dataclass(frozen=True, slots=True)
class StopWaiting:
    person: str
