"""Who does what with a meeting's notula: persons that were named, or whoever the host's accounts make it. PURE."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from minutes.notula.workflow import Duty

MOST_CHECKERS = 8


@dataclass(frozen=True, slots=True)
class Named:
    """A person, as on the day on which they were given the duty."""

    id: str
    name: str
    position: str


@dataclass(frozen=True, slots=True)
class Given:
    """None: anybody whom the default allows. `checkers`: in the order in which they initial."""

    minute_taker: Named | None = None
    checkers: tuple[Named, ...] = ()
    chair: Named | None = None
    archivist: Named | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, as far as duties depend on it. `of_host`: serves in that office; `reads`: may read the meeting."""

    id: str
    of_host: bool
    secretariat: bool
    chairs: bool
    reads: bool


def duties(given: Given, who: Asking) -> frozenset[Duty]:
    """Whoever has left the host has none of its duties any more."""
    found: set[Duty] = {"participant"} if who.reads else set()
    if not who.of_host:
        return frozenset(found)
    if who.secretariat:
        found.add("secretariat")
    if given.minute_taker.id == who.id if given.minute_taker else who.secretariat:
        found.add("minute_taker")
    if who.id in [each.id for each in given.checkers]:
        found.add("checker")
    if given.chair.id == who.id if given.chair else who.chairs:
        found.add("chair")
    if given.archivist.id == who.id if given.archivist else who.secretariat:
        found.add("archivist")
    return frozenset(found)


def kept(given: Given) -> dict[str, Any]:
    return asdict(given)


def read(kept: Mapping[str, Any]) -> Given:
    def named(each: Mapping[str, str] | None) -> Named | None:
        return Named(**each) if each is not None else None

    return Given(
        minute_taker=named(kept["minute_taker"]),
        checkers=tuple(Named(**each) for each in kept["checkers"]),
        chair=named(kept["chair"]),
        archivist=named(kept["archivist"]),
    )
