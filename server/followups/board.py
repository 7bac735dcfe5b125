"""How far offices are, counted: in all, by item of a notula, by category. PURE."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeVar

from server.followups.repository import Tally
from server.followups.rules import Status

Unit = Literal["provinsi", "kabkota", "satker"]
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Line:
    """`offices`: without those for which it is cancelled, so that `done` of `offices` can be reached."""

    offices: int
    done: int
    verified: int
    late: int
    statuses: dict[Status, int]

    @property
    def unverified(self) -> int:
        return self.done - self.verified


def line(tallies: Iterable[Tally]) -> Line:
    found = list(tallies)
    statuses = {status: sum(each.count for each in found if each.status is status) for status in Status}
    return Line(
        offices=sum(statuses.values()) - statuses[Status.CANCELLED],
        done=statuses[Status.DONE],
        verified=sum(each.count for each in found if each.status is Status.DONE and each.verified),
        late=sum(each.count for each in found if each.late),
        statuses=statuses,
    )


def lines(tallies: Iterable[Tally], key: Callable[[Tally], K]) -> dict[K, Line]:
    """One for each key, in the order in which they come first."""
    gathered: dict[K, list[Tally]] = {}
    for each in tallies:
        gathered.setdefault(key(each), []).append(each)
    return {each: line(found) for each, found in gathered.items()}


def unit(levels: Iterable[str]) -> Unit:
    """What they are called when they are counted: "34 dari 38 provinsi"."""
    found = set(levels)
    if found == {"provinsi"}:
        return "provinsi"
    return "kabkota" if found == {"kabkota"} else "satker"


def urgency(line: Line) -> tuple[bool, bool]:
    """What is late first, what is done or cancelled for everybody last."""
    return (line.late == 0, line.done >= line.offices)
