"""What every export is made from. PURE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """A line as it stands. Meeting seconds; `words` as in `Line.words`. `speaker` None: nobody knows who of a hall."""

    id: str
    speaker: str | None
    position: str | None
    office: str
    start: float
    end: float
    text: str
    words: Sequence[Mapping[str, Any]] = ()
    edited: bool = False

    @property
    def name(self) -> str:
        return one_line(self.speaker or self.office)


@dataclass(frozen=True, slots=True)
class Aside:
    """What happened meanwhile, as it stands in brackets: "rapat diskors"."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Source:
    """`opened`: the moment of meeting second 0, in the zone in which clocks are written."""

    meeting_id: str
    title: str
    host: str
    opened: datetime
    lines: tuple[Said, ...]
    asides: tuple[Aside, ...] = ()
    reviewed: bool = False
    """A person has approved of what stands here; else it is what machines heard, in part corrected."""


def one_line(text: str) -> str:
    """Guests' names are written by hand: with an end of a line in it one could say what somebody else never did."""
    return " ".join(text.split())


def ordered(source: Source) -> list[Said]:
    return sorted(source.lines, key=lambda line: (line.start, line.end, line.id))
