"""Offices called to speak, one after another: what can be asked, and what can happen. Data only."""

from __future__ import annotations

from dataclasses import dataclass

from server.rooms.words.people import Office

# --- events: what happened, in words that last ---


@dataclass(frozen=True, slots=True)
class RollBegun:
    """`seconds`: of floor for each; `at`: Unix seconds."""

    by: str
    offices: tuple[Office, ...]
    seconds: int
    at: float


@dataclass(frozen=True, slots=True)
class RollCalled:
    """It is this office's turn. `here` False: nobody of it answered. `FloorGiven` follows otherwise."""

    office_id: str
    here: bool
    by: str
    at: float


@dataclass(frozen=True, slots=True)
class RollEnded:
    """`by` None: the meeting is over."""

    by: str | None
    at: float


# --- commands ---


@dataclass(frozen=True, slots=True)
class BeginRoll:
    seat: str
    seconds: int


@dataclass(frozen=True, slots=True)
class CallNext:
    """`office_id`: out of turn; "": the next one that was not called yet."""

    seat: str
    office_id: str = ""


@dataclass(frozen=True, slots=True)
class EndRoll:
    seat: str
