"""Who sits together at one device: what can be asked, and what can happen. Data only."""

from __future__ import annotations

from dataclasses import dataclass

# --- events: what happened, in words that last ---


@dataclass(frozen=True, slots=True)
class Companion:
    """As they are written down on the day; they are of the seat's office."""

    name: str
    position: str = ""


@dataclass(frozen=True, slots=True)
class CompanyNamed:
    """Everybody who sits there from now on."""

    seat: str
    people: tuple[Companion, ...]
    by: str


# --- commands ---


@dataclass(frozen=True, slots=True)
class NameCompany:
    seat: str
    of: str
    people: tuple[Companion, ...]
