"""The attendance list: what the room measured, with what the secretariat has corrected laid over it. PURE.

Measured values are never changed. Each person carries them beside what holds officially.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.attendance.corrections import Change, Correction, Held, Subject, held
from server.attendance.items import ItemList
from server.attendance.persons import ATTENDED, Person, Standing, everybody
from server.attendance.ranking import precedence
from server.auth.models import Office
from server.proceedings.presence import Attendee


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
    items: tuple[ItemList, ...] = ()

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
    people: dict[str, list[Person]] = {}
    others: dict[tuple[str, str], list[Person]] = {}
    own = {office.id for office in known}
    for (id, name), person in everybody(measured, corrected, opened_at):
        (people.setdefault(id, []) if id in own else others.setdefault((id, name), [])).append(person)
    offices = [
        _office(each, each.id in asked, people.get(each.id, []), corrected.get(Subject("office", each.id), Held()))
        for each in known
    ]
    offices += _outside(others)
    return Listing(tuple(offices), tuple(corrections))


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


def _outside(others: Mapping[tuple[str, str], Sequence[Person]]) -> list[OfficeList]:
    return [
        OfficeList(
            id=id,
            name=name,
            full_name=name,
            zone="",
            invited=False,
            status=_of_office(people, Change()),
            represented_by="",
            note="",
            people=_ordered(people),
        )
        for (id, name), people in sorted(others.items(), key=lambda each: (each[0][1].casefold(), each[0]))
    ]


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
