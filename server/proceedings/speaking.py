"""Who of a delegation had the floor when, by the room's events: the lines of its shared seat are theirs. PURE."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from server.proceedings.course import Moment
from server.rooms.words.company import CompanyNamed
from server.rooms.words.floor import FloorClosed, FloorGiven, SpeakerNamed

TELLING = (FloorGiven, SpeakerNamed, FloorClosed, CompanyNamed)
"""The events that say so."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """`name` "": the delegation has not said who. From `start` to `end` in meeting seconds; `end` None: goes on."""

    seat: str
    name: str
    start: float
    end: float | None = None
    position: str = ""


def speaking(happened: Iterable[Moment], opened_at: float) -> list[Speaking]:
    """In order. `opened_at`: Unix seconds at which meeting time begins."""
    done: list[Speaking] = []
    now: Speaking | None = None
    positions: dict[tuple[str, str], str] = {}

    def go_on(at: float, then: Speaking | None) -> None:
        nonlocal now
        if now is not None:
            done.append(replace(now, end=at))
        now = then

    for moment, event in happened:
        at = moment - opened_at
        match event:
            case CompanyNamed(seat=seat, people=people):
                positions |= {(seat, each.name): each.position for each in people}
            case FloorGiven(seat=seat, speaker=speaker) | SpeakerNamed(seat=seat, speaker=speaker):
                go_on(at, Speaking(seat, speaker, at, position=positions.get((seat, speaker), "")))
            case FloorClosed():
                go_on(at, None)
    return [*done, *([now] if now is not None else [])]


def speaker(turns: Sequence[Speaking], seat: str, start: float, end: float) -> Speaking | None:
    """Who spoke from `start` to `end`, by its middle; None where nobody is named."""
    middle = (start + end) / 2
    for each in turns:
        if each.seat == seat and each.name and each.start <= middle and (each.end is None or middle < each.end):
            return each
    return None
