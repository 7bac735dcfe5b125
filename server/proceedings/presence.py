"""Who was there and how long, from a room's events. PURE.

A person is present from sitting down until the line is lost or the seat is given up. Gaps no longer than `GAP_S` are
reconnects and count as presence: whoever reloads a page has not left the meeting.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from server.proceedings.course import Moment
from server.rooms.words.people import Occupant, Role
from server.rooms.words.seats import Ended, SeatAway, SeatLeft, SeatTaken

GAP_S = 120.0
LATE_S = 15 * 60.0  # behind the opening


@dataclass(frozen=True, slots=True)
class Attendee:
    """As they were on the day. Times in meeting seconds; `present`: the intervals, gaps of reconnects merged."""

    person: str
    name: str
    position: str
    office_id: str
    office: str
    role: Role
    shared: bool
    present: tuple[tuple[float, float], ...]
    reconnects: int
    device: str = ""
    """The shared device's person, for who is named as sitting at it; "" for whoever came by themselves."""

    @property
    def came(self) -> float:
        return self.present[0][0]

    @property
    def left(self) -> float:
        return self.present[-1][1]

    @property
    def seconds(self) -> float:
        return sum(end - start for start, end in self.present)

    @property
    def late(self) -> bool:
        return self.came > LATE_S


@dataclass
class _Presence:
    occupant: Occupant
    shared: bool
    since: float | None = None
    intervals: list[tuple[float, float]] = field(default_factory=list)

    def come(self, at: float) -> None:
        if self.since is None:
            self.since = at

    def go(self, at: float) -> None:
        if self.since is not None:
            self.intervals.append((self.since, max(at, self.since)))
            self.since = None


def presence(happened: Iterable[Moment], opened_at: float, until: float) -> list[Attendee]:
    """Everybody who was there, in the order in which they came. `until`: Unix seconds up to which who is still there

    is counted.
    """
    people: dict[str, _Presence] = {}
    by_seat: dict[str, str] = {}
    for at, event in happened:
        match event:
            case SeatTaken(seat=seat, occupant=occupant, shared=shared):
                by_seat[seat] = occupant.person
                known = people.setdefault(occupant.person, _Presence(occupant, shared))
                known.occupant, known.shared = occupant, shared
                known.come(at)
            case SeatAway(seat=seat, since=since):
                _gone(people, by_seat, seat, since)
            case SeatLeft(seat=seat):
                _gone(people, by_seat, seat, at)
            case Ended():
                for each in people.values():
                    each.go(at)
    for each in people.values():
        each.go(until)
    return [_attendee(person, each, opened_at) for person, each in people.items()]


def _gone(people: Mapping[str, _Presence], by_seat: Mapping[str, str], seat: str, at: float) -> None:
    if (person := by_seat.get(seat)) is not None:
        people[person].go(at)


def _attendee(person: str, known: _Presence, opened_at: float) -> Attendee:
    who = known.occupant
    merged = _merged([(max(0.0, start - opened_at), max(0.0, end - opened_at)) for start, end in known.intervals])
    return Attendee(
        person=person,
        name=who.name,
        position=who.position,
        office_id=who.office_id,
        office=who.office,
        role=who.role,
        shared=known.shared,
        present=merged,
        reconnects=len(known.intervals) - len(merged),
    )


def _merged(intervals: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    found: list[tuple[float, float]] = []
    for start, end in intervals:
        if found and start - found[-1][1] <= GAP_S:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple((round(start, 3), round(end, 3)) for start, end in found)
