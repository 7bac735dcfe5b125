"""Who sits in a room. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["chair", "moderator", "secretariat", "presenter", "operator", "participant", "observer", "guest"]
Given = Literal["moderator", "presenter", "operator", "participant", "observer"]
"""Roles that whoever leads gives and takes in the room; the others come with the person."""


@dataclass(frozen=True, slots=True)
class Office:
    id: str
    name: str  # short


@dataclass(frozen=True, slots=True)
class Occupant:
    """Who sits down, as they are on this day."""

    person: str  # id of the person, or the guest that an invitation names
    name: str
    position: str
    office_id: str
    office: str  # short name
    role: Role
