"""The attendance list: what the room measured, with what the secretariat has corrected laid over it. PURE.

Measured values are never changed. Each person carries them beside what holds officially.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Literal

from server.attendance.corrections import Change, Correction, Held, Mode, Role, Status, Subject, held
from server.attendance.ranking import precedence
from server.auth.models import Office
from server.proceedings.presence import LATE_S, Attendee

Standing = Literal["present", "late", "excused", "represented", "absent"]
ATTENDED = ("present", "late")


@dataclass(frozen=True, slots=True)
class Person:
    """As they stand on the list. `measured` None: never in the room. `minutes` None: nobody knows how long.

    `corrections`: numbers of those that made this different from what was measured.
    """

    id: str
    name: str
    position: str
    role: Role
    mode: Mode | None
    status: Standing
    represented_by: str
    note: str
    came_at: datetime | None
    left_at: datetime | None
    minutes: float | None
    measured: Attendee | None
    corrections: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeList:
    """An office with its people in order of precedence. `id` "": an outside institution; `zone` "" then."""

    id: str
    name: str
    full_name: str
    zone: str
    invited: bool
    status: Standing
    represented_by: str
    note: str
    people: tuple[Person, ...]
    corrections: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """Of invited offices, or of people. `late` are among the present."""

    total: int
    present: int
    late: int
    represented: int
    excused: int
    absent: int

    @property
    def attended(self) -> int:
        """Who sent somebody to speak for them counts as having come."""
        return self.present + self.represented


@dataclass(frozen=True, slots=True)
class Listing:
    """The host first, then whom it invited in the order of lists, then outside institutions by name."""

    offices: tuple[OfficeList, ...]
    corrections: tuple[Correction, ...]

    @property
    def of_offices(self) -> Counts:
        return _counts([each.status for each in self.offices if each.invited])

    @property
    def of_people(self) -> Counts:
        return _counts([person.status for each in self.offices for person in each.people])


def listing(
    host: Office,
    invited: Sequence[Office],
    measured: Sequence[Attendee],
    corrections: Sequence[Correction],
    opened_at: float,
) -> Listing:
    """`opened_at`: Unix seconds at which meeting time begins."""
    corrected = held(corrections)
    asked = {office.id for office in invited}
    known = [*([host] if host.id not in asked else []), *invited]
    people: dict[tuple[str, str], list[Person]] = {}
    for place, person in _people(measured, corrected, opened_at):
        people.setdefault(place, []).append(person)
    offices = [
        _office(each, each.id in asked, _of(each.id, people), corrected.get(Subject("office", each.id), Held()))
        for each in known
    ]
    offices += _outside({office.id for office in known}, people)
    return Listing(tuple(offices), tuple(corrections))


def _people(
    measured: Sequence[Attendee], corrected: Mapping[Subject, Held], opened_at: float
) -> list[tuple[tuple[str, str], Person]]:
    """Everybody with the office under which they stand: its id and its name."""
    found = []
    named = {each.device for each in measured if each.device}
    for each in measured:
        # Whoever signed in at a shared device is the device, once it has said who sits at it.
        if each.person in named and Subject("person", each.person) not in corrected:
            continue
        over = corrected.get(Subject("person", each.person), Held())
        found.append(((each.office_id, each.office), _seen(each, over, opened_at)))
    seen = {each.person for each in measured}
    for subject, over in corrected.items():
        change = over.change
        # Who was added is there for as long as the correction that added them counts.
        if subject.kind == "person" and subject.id not in seen and change.office_id is not None:
            found.append(((change.office_id, change.office or ""), _unseen(subject.id, over, opened_at)))
    return found


def _seen(each: Attendee, over: Held, opened_at: float) -> Person:
    change = over.change
    came_at, left_at = (change.came_at or _at(opened_at + each.came)), (change.left_at or _at(opened_at + each.left))
    present = change.status in (None, "present")
    return Person(
        id=each.person,
        name=change.name or each.name,
        position=each.position if change.position is None else change.position,
        role=change.role or each.role,
        mode=(change.mode or ("shared_device" if each.shared else "online")) if present else change.mode,
        status=_standing(change.status or "present", came_at, opened_at),
        represented_by=change.represented_by or "",
        note=change.note or "",
        came_at=came_at if present else None,
        left_at=left_at if present else None,
        minutes=_minutes(each, change, opened_at) if present else None,
        measured=each,
        corrections=over.numbers,
    )


def _unseen(id: str, over: Held, opened_at: float) -> Person:
    change = over.change
    present = change.status in (None, "present")
    came_at, left_at = (change.came_at, change.left_at) if present else (None, None)
    return Person(
        id=id,
        name=change.name or "",
        position=change.position or "",
        role=change.role or ("participant" if change.office_id else "guest"),
        mode=change.mode,
        status=_standing(change.status or "present", came_at, opened_at),
        represented_by=change.represented_by or "",
        note=change.note or "",
        came_at=came_at,
        left_at=left_at,
        minutes=round(max(0.0, (left_at - came_at).total_seconds()) / 60, 1) if came_at and left_at else None,
        measured=None,
        corrections=over.numbers,
    )


def _standing(status: Status, came_at: datetime | None, opened_at: float) -> Standing:
    if status == "present" and came_at is not None and came_at.timestamp() - opened_at > LATE_S:
        return "late"
    return status


def _minutes(each: Attendee, change: Change, opened_at: float) -> float:
    """Measured presence from when they came until they left, as corrected: gaps between stay gaps."""
    if change.came_at is None and change.left_at is None:
        return round(each.seconds / 60, 1)
    came = each.came if change.came_at is None else change.came_at.timestamp() - opened_at
    left = each.left if change.left_at is None else change.left_at.timestamp() - opened_at
    gaps = [(before[1], after[0]) for before, after in pairwise(each.present)]
    absent = sum(_overlap(start, end, came, left) for start, end in gaps)
    return round(max(0.0, left - came - absent) / 60, 1)


def _overlap(start: float, end: float, since: float, until: float) -> float:
    return max(0.0, min(end, until) - max(start, since))


def _office(office: Office, invited: bool, people: Sequence[Person], over: Held) -> OfficeList:
    change = over.change
    return OfficeList(
        id=office.id,
        name=office.short_name,
        full_name=office.name,
        zone=office.zone,
        invited=invited,
        status=_of_office(people, change),
        represented_by=change.represented_by or _first([each.represented_by for each in people if not change.status]),
        note=change.note or "",
        people=_ordered(people),
        corrections=over.numbers,
    )


def _of_office(people: Sequence[Person], change: Change) -> Standing:
    """What is said of the office as a whole; else the best of its people: who is on time makes it on time."""
    found = {each.status for each in people}
    if change.status is not None and not (change.status == "present" and found & set(ATTENDED)):
        return change.status
    order: Sequence[Standing] = ("present", "late", "represented", "excused")
    return next((each for each in order if each in found), "absent")


def _outside(known: set[str], people: Mapping[tuple[str, str], Sequence[Person]]) -> list[OfficeList]:
    others = sorted((name.casefold(), name, id) for id, name in people if id not in known)
    return [
        OfficeList(
            id=id,
            name=name,
            full_name=name,
            zone="",
            invited=False,
            status=_of_office(people[id, name], Change()),
            represented_by="",
            note="",
            people=_ordered(people[id, name]),
        )
        for _, name, id in others
    ]


def _of(office: str, people: Mapping[tuple[str, str], Sequence[Person]]) -> list[Person]:
    return [each for (id, _), found in people.items() if id == office for each in found]


def _ordered(people: Sequence[Person]) -> tuple[Person, ...]:
    return tuple(sorted(people, key=lambda each: precedence(each.role, each.position, each.name)))


def _counts(statuses: Sequence[Standing]) -> Counts:
    late = statuses.count("late")
    return Counts(
        total=len(statuses),
        present=statuses.count("present") + late,
        late=late,
        represented=statuses.count("represented"),
        excused=statuses.count("excused"),
        absent=statuses.count("absent"),
    )


def _first(texts: Sequence[str]) -> str:
    return next((text for text in texts if text), "")


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
