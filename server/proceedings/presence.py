"""Who was there and how long, from a room's events. PURE.

A person is present from sitting down until the line is lost or the seat is given up. Gaps no longer than `GAP_S` are
reconnects and count as presence: whoever reloads a page has not left the meeting. Who sit at a shared device come and
go with it: those who are named first came when it came, and were only written down later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from server.proceedings.course import Moment
from server.rooms.powers import RANKS
from server.rooms.words.company import Companion, CompanyNamed
from server.rooms.words.leading import RoleGiven
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
    device: str = ""
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
    register = _Register()
    for at, event in happened:
        match event:
            case SeatTaken(seat=seat, occupant=occupant, shared=shared):
                register.take(seat, occupant, shared, at)
            case CompanyNamed(seat=seat, people=people):
                register.name(seat, people, at)
            case RoleGiven(seat=seat, role=role):
                register.appoint(seat, role)
            case SeatAway(seat=seat, since=since):
                register.go(seat, since)
            case SeatLeft(seat=seat):
                register.go(seat, at)
            case Ended():
                register.close(at)
    register.close(until)
    return [_attendee(person, each, opened_at) for person, each in register.people.items()]


@dataclass
class _Register:
    people: dict[str, _Presence] = field(default_factory=dict)
    by_seat: dict[str, str] = field(default_factory=dict)
    company: dict[str, tuple[str, ...]] = field(default_factory=dict)  # keys of people, by seat

    def take(self, seat: str, occupant: Occupant, shared: bool, at: float) -> None:
        self.by_seat[seat] = occupant.person
        known = self.people.setdefault(occupant.person, _Presence(occupant, shared))
        known.occupant, known.shared = occupant, shared
        known.come(at)
        if not shared:
            for key in self.company.pop(seat, ()):
                self.people[key].go(at)
        for key in self.company.get(seat, ()):
            self.people[key].come(at)

    def name(self, seat: str, named: Sequence[Companion], at: float) -> None:
        device = self.people[self.by_seat[seat]]
        came = device.since if seat not in self.company and device.since is not None else at
        keys = []
        for each in named:
            key = f"{device.occupant.person}/{each.name.casefold()}"
            role = _beside(device.occupant, each.name, device.occupant.role)
            occupant = replace(device.occupant, name=each.name, position=each.position, role=role)
            known = self.people.setdefault(key, _Presence(occupant, True, device.occupant.person))
            known.occupant = occupant
            known.come(came)
            keys.append(key)
        for key in set(self.company.get(seat, ())) - set(keys):
            self.people[key].go(at)
        self.company[seat] = tuple(keys)

    def appoint(self, seat: str, role: Role) -> None:
        """The last role counts, also of who is not seen to come in again with it."""
        for known in self._at(seat):
            beside = _beside(self.people[self.by_seat[seat]].occupant, known.occupant.name, role)
            known.occupant = replace(known.occupant, role=beside)

    def go(self, seat: str, at: float) -> None:
        for known in self._at(seat):
            known.go(at)

    def _at(self, seat: str) -> list[_Presence]:
        """Whose seat it is, and who are named as sitting there."""
        keys = (self.by_seat.get(seat, ""), *self.company.get(seat, ()))
        return [self.people[key] for key in keys if key in self.people]

    def close(self, at: float) -> None:
        for each in self.people.values():
            each.go(at)


def _beside(device: Occupant, name: str, role: Role) -> Role:
    """Who sits beside somebody that leads does not lead."""
    return role if role not in RANKS or name.casefold() == device.name.casefold() else "participant"


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
        device=known.device,
    )


def _merged(intervals: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    found: list[tuple[float, float]] = []
    for start, end in intervals:
        if found and start - found[-1][1] <= GAP_S:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple((round(start, 3), round(end, 3)) for start, end in found)
