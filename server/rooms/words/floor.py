"""Who asks to speak, and who has been given the floor: what can be asked, and what can happen. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Request = Literal["speak", "interrupt"]
"""`interrupt`: an interupsi, a point of order; it stands before those who ask to speak."""
Closing = Literal["done", "left", "suspended", "ended"]

# --- events: what happened, in words that last ---


@dataclass(frozen=True, slots=True)
class HandRaised:
    seat: str
    request: Request = "speak"


@dataclass(frozen=True, slots=True)
class HandLowered:
    seat: str
    by: str
    """A seat: one's own, or that of who leads."""


@dataclass(frozen=True, slots=True)
class FloorGiven:
    """`seat` may speak until `at` + `seconds`, and is always heard. `speaker`: who of a delegation; "" where one sits.

    `at`: Unix seconds.
    """

    seat: str
    by: str
    speaker: str
    seconds: int
    at: float


@dataclass(frozen=True, slots=True)
class FloorExtended:
    by: str
    seconds: int
    """Added to what was given."""


@dataclass(frozen=True, slots=True)
class FloorClosed:
    seat: str
    by: str | None
    """A seat; None: nobody's doing."""
    why: Closing


@dataclass(frozen=True, slots=True)
class SpeakerNamed:
    """Who of the delegation that has the floor speaks from now on."""

    seat: str
    speaker: str
    by: str


# --- commands ---


@dataclass(frozen=True, slots=True)
class NameSpeaker:
    """By who leads, or the delegation itself."""

    seat: str
    speaker: str


@dataclass(frozen=True, slots=True)
class RaiseHand:
    seat: str
    request: Request = "speak"


@dataclass(frozen=True, slots=True)
class LowerHand:
    seat: str
    of: str | None
    """A seat; None: of everybody."""


@dataclass(frozen=True, slots=True)
class GiveFloor:
    seat: str
    of: str
    seconds: int
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class ExtendFloor:
    seat: str
    seconds: int


@dataclass(frozen=True, slots=True)
class CloseFloor:
    """By who leads, or by who holds it."""

    seat: str
