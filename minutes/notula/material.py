"""What a notula is drafted from: a meeting's facts, its course and its lines, as plain data. PURE.

`server` fills these from rooms, attendance and the record; meeting seconds count from `Material.opened`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from minutes.notula.content import NOBODY, NOT_COUNTED, AgendaPoint, Attendance, Voting, Who

Noting = Literal["decision", "direction", "problem", "follow_up"]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line of the transcript as it stands. `speaker` None: nobody has said who of a hall it was.

    `citations`: as `minutes.language.citations` finds them, as dictionaries.
    """

    id: str
    seat: str
    office_id: str
    office: str
    speaker: str | None
    position: str | None
    start: float
    end: float
    text: str
    citations: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A point of the agenda while it was under discussion. `end` None: until the meeting's end."""

    title: str
    start: float
    end: float | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """An outcome that somebody noted in the meeting. `due`: ISO date, "" for none; `at`: meeting seconds."""

    id: str
    kind: Noting
    text: str
    at: float
    who: str = ""
    due: str = ""
    stage: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """One that was invited."""

    id: str
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class Material:
    meeting_id: str
    title: str
    opened: datetime
    ended: datetime
    zones: tuple[str, ...]
    host: str
    host_city: str
    lines: tuple[Spoken, ...]
    items: tuple[Item, ...] = ()
    agenda: tuple[AgendaPoint, ...] = ()
    noted: tuple[Noted, ...] = ()
    votes: tuple[Voting, ...] = ()
    offices: tuple[Office, ...] = ()
    attendance: Attendance = NOT_COUNTED
    chair: Who = NOBODY
    secretary: Who = NOBODY
    moderator: Who = NOBODY
    presenters: tuple[Who, ...] = ()
    classification: str = "biasa"
