"""Votes, one voice an office: what can be asked, and what can happen. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from server.rooms.words.people import Office

Method = Literal["hands", "roll_call"]
"""`hands`: every office says for itself, all at once. `roll_call`: one after another, as whoever leads calls them."""
Choice = Literal["agree", "disagree", "abstain"]

# --- events: what happened, in words that last ---


@dataclass(frozen=True, slots=True)
class VoteOpened:
    """`roll`: who has a voice, in the order in which they are called. `at`: Unix seconds."""

    vote: str
    question: str
    method: Method
    roll: tuple[Office, ...]
    item: str | None
    by: str
    at: float


@dataclass(frozen=True, slots=True)
class OfficeCalled:
    """Roll call: whose turn it is; None: nobody's."""

    vote: str
    office_id: str | None
    by: str


@dataclass(frozen=True, slots=True)
class VoteCast:
    """The voice of an office; the last one before the vote is closed counts.

    `name`: whose hand it was; "" where whoever leads has entered what was said aloud.
    """

    vote: str
    office_id: str
    choice: Choice
    by: str
    name: str


@dataclass(frozen=True, slots=True)
class VoteClosed:
    """`cancelled`: it has no result. `by` None: the meeting ended."""

    vote: str
    by: str | None
    cancelled: bool
    at: float


# --- commands ---


@dataclass(frozen=True, slots=True)
class OpenVote:
    seat: str
    question: str
    method: Method


@dataclass(frozen=True, slots=True)
class CallOffice:
    seat: str
    office_id: str | None


@dataclass(frozen=True, slots=True)
class CastVote:
    """`office_id` "": one's own office's voice; else that of another, by who leads."""

    seat: str
    choice: Choice
    office_id: str = ""


@dataclass(frozen=True, slots=True)
class CloseVote:
    seat: str
    cancel: bool = False
