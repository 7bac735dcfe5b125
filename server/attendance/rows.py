"""The rows of a printed list: one a person, and one for every office of which nobody is on it. PURE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from server.attendance import wording
from server.attendance.listing import Listing, OfficeList
from server.attendance.persons import Person

Numbers = Mapping[int, int]
"""Number of a correction in the history -> number in print: those that were taken back are not printed, nor missed."""


@dataclass(frozen=True, slots=True)
class Row:
    """`came` and `left` as clock times of the host; `first`: an office begins here."""

    number: int
    name: str
    position: str
    office: str
    role: str
    mode: str
    came: str
    left: str
    minutes: str
    status: str
    remarks: str
    first: bool


def rows(found: Listing, numbers: Numbers, zone: str) -> tuple[Row, ...]:
    """`zone`: in which times are told."""
    told: list[Row] = []
    for office in found.offices:
        if not office.people and not office.invited and not office.corrections:
            continue  # the host is not counted: nobody of it need be missed
        whole = _whole(office, numbers)
        if not office.people:
            told.append(_empty(len(told) + 1, office, whole))
        for at, person in enumerate(office.people):
            remarks = [*(whole if at == 0 else []), *_remarks(person, numbers)]
            told.append(_row(len(told) + 1, person, office.name, remarks, at == 0, zone))
    return tuple(told)


def _row(number: int, person: Person, office: str, remarks: Sequence[str], first: bool, zone: str) -> Row:
    return Row(
        number=number,
        name=person.name,
        position=person.position,
        office=office,
        role=wording.ROLES[person.role],
        mode=wording.MODES[person.mode] if person.mode is not None else "",
        came=wording.clock(person.came_at, zone),
        left=wording.clock(person.left_at, zone),
        minutes=wording.minutes(person.minutes),
        status=wording.status(person.status, person.represented_by),
        remarks="; ".join(remarks),
        first=first,
    )


def _empty(number: int, office: OfficeList, remarks: Sequence[str]) -> Row:
    status = wording.status(office.status, office.represented_by)
    return Row(number, "–", "", office.name, "", "", "", "", "", status, "; ".join(remarks), True)


def _whole(office: OfficeList, numbers: Numbers) -> list[str]:
    """What was corrected of an office as a whole; it stands with its first row."""
    if not office.corrections:
        return []
    said = [f"satker: {wording.status(office.status, office.represented_by)}"] if office.people else []
    return [*said, *([office.note] if office.note else []), _marked(office.corrections, numbers)]


def _remarks(person: Person, numbers: Numbers) -> list[str]:
    found = [person.note] if person.note else []
    return [*found, _marked(person.corrections, numbers)] if person.corrections else found


def _marked(corrections: Sequence[int], numbers: Numbers) -> str:
    return "koreksi " + ", ".join(str(numbers[each]) for each in corrections)
