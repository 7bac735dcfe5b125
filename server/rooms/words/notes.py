"""Outcomes noted in the moment: what can be asked, and what can happen. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Outcome = Literal["decision", "direction", "problem", "follow_up"]


@dataclass(frozen=True, slots=True)
class Said:
    """What an outcome says. `who` and `due` (ISO date, "" for none): of a follow-up; `stage`: of a problem."""

    kind: Outcome
    text: str
    who: str = ""
    due: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """A follow-up of an earlier meeting that was open when this one began. `due`: ISO date, "" for none.

    `of`: the title of the meeting that agreed on it, and `date` its ISO date. `done` of `offices` have done it; 0 of 0:
    nobody counts.
    """

    id: str  # meeting and note, or item of its notula
    text: str
    who: str
    due: str
    of: str
    date: str
    done: int = 0
    offices: int = 0


Settled = Literal["open", "done", "dropped"]

# --- events: what happened, in words that last ---


@dataclass(frozen=True, slots=True)
class NoteMade:
    """`at`: Unix seconds that it came from; `item`: of the agenda."""

    note: str
    said: Said
    item: str | None
    by: str
    at: float


@dataclass(frozen=True, slots=True)
class NoteChanged:
    note: str
    said: Said
    by: str


@dataclass(frozen=True, slots=True)
class NoteWithdrawn:
    """`on` False: it stands again."""

    note: str
    by: str
    on: bool


@dataclass(frozen=True, slots=True)
class CarriedSettled:
    """What became of a follow-up of an earlier meeting, as this one found. `remark`: how, or why not."""

    carried: str
    how: Settled
    remark: str
    by: str
    at: float


# --- commands ---


@dataclass(frozen=True, slots=True)
class SettleCarried:
    seat: str
    carried: str
    how: Settled
    remark: str = ""


@dataclass(frozen=True, slots=True)
class MakeNote:
    seat: str
    said: Said


@dataclass(frozen=True, slots=True)
class ChangeNote:
    seat: str
    note: str
    said: Said


@dataclass(frozen=True, slots=True)
class WithdrawNote:
    seat: str
    note: str
    on: bool
