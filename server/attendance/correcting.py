"""Whether a correction can be made, and of whom. PURE."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from server.attendance.corrections import OF_AN_OFFICE, Change, Kind, Subject, withdrawn
from server.attendance.listing import Listing, OfficeList
from server.attendance.persons import Person
from server.errors import BadRequest, Conflict, NotFound

MOST = 5_000  # corrections of one meeting
AROUND = timedelta(hours=12)  # that somebody may have come before the opening, or left behind the end


@dataclass(frozen=True, slots=True)
class Period:
    """When the meeting was, until now while it goes on."""

    start: datetime
    end: datetime


def wanted(
    found: Listing, kind: Kind, id: str | None, change: Change, new_id: str, held: Period
) -> tuple[Subject, Change]:
    """Of whom a correction speaks, and what it says. `id` None: somebody who was never in the room, `new_id` then.

    Raises `BadRequest`, `NotFound`, `Conflict`.
    """
    if len(found.corrections) >= MOST:
        raise Conflict("Koreksi daftar hadir ini sudah terlalu banyak.", code="too_many_corrections")
    if not change.set():
        raise BadRequest("Isi sedikitnya satu hal yang dikoreksi.", code="nothing_set")
    if kind == "office":
        return _of_office(found, id or "", change)
    if id is None:
        return Subject("person", new_id), _timed(_newcomer(found, change), None, held)
    return Subject("person", id), _timed(change, _person(found, id), held)


def withdrawable(found: Listing, number: int) -> int:
    """The number of a correction that can be taken back. Raises `NotFound`, `Conflict`."""
    if not 1 <= number <= len(found.corrections):
        raise NotFound("Koreksi itu tidak ada.", code="unknown_correction")
    if number in withdrawn(found.corrections):
        raise Conflict("Koreksi itu sudah dicabut.", code="already_withdrawn")
    if len(found.corrections) >= MOST:
        raise Conflict("Koreksi daftar hadir ini sudah terlalu banyak.", code="too_many_corrections")
    return number


def _of_office(found: Listing, id: str, change: Change) -> tuple[Subject, Change]:
    office = _own_office(found, id)
    if office is None:
        raise NotFound("Satker itu tidak ada dalam daftar hadir ini.", code="unknown_subject")
    if set(change.set()) - OF_AN_OFFICE:
        raise BadRequest("Untuk satker hanya status, yang mewakili, dan keterangan.", code="not_of_an_office")
    _named_representative(change, office.represented_by)
    return Subject("office", id), change


def _person(found: Listing, id: str) -> Person:
    for office in found.offices:
        for person in office.people:
            if person.id == id:
                return person
    raise NotFound("Orang itu tidak ada dalam daftar hadir ini.", code="unknown_subject")


def _newcomer(found: Listing, change: Change) -> Change:
    """With the name of the office as it is listed; an institution is named by whoever adds."""
    if not change.name:
        raise BadRequest("Tulis nama orang yang ditambahkan.", code="no_name")
    office = _own_office(found, change.office_id or "")
    if office is not None:
        return replace(change, office_id=office.id, office=office.name)
    if change.office_id or not change.office:
        raise BadRequest("Pilih satker dalam daftar, atau tulis nama instansinya.", code="no_office")
    return replace(change, office_id="")


def _timed(change: Change, person: Person | None, held: Period) -> Change:
    if person is not None and (change.office_id is not None or change.office is not None):
        raise BadRequest("Satker peserta yang tercatat tidak dapat diganti.", code="fixed_office")
    if change.name == "":
        raise BadRequest("Tulis namanya.", code="no_name")
    _named_representative(change, person.represented_by if person is not None else "")
    came_at = change.came_at or (person.came_at if person is not None else None)
    left_at = change.left_at or (person.left_at if person is not None else None)
    if any(not _near(each, held) for each in (change.came_at, change.left_at) if each is not None):
        raise BadRequest("Jam masuk atau keluar jauh di luar waktu rapat.", code="bad_times")
    if (change.came_at or change.left_at) and came_at and left_at and left_at < came_at:
        raise BadRequest("Jam keluar mendahului jam masuk.", code="bad_times")
    return change


def _named_representative(change: Change, known: str) -> None:
    if change.status == "represented" and not (change.represented_by or known):
        raise BadRequest("Tulis siapa yang mewakili.", code="no_representative")


def _near(moment: datetime, held: Period) -> bool:
    return held.start - AROUND <= moment <= held.end + AROUND


def _own_office(found: Listing, id: str) -> OfficeList | None:
    """The host or an invited office."""
    return next((each for each in found.offices if each.id == id and each.zone), None)
