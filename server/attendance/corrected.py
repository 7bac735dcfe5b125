"""What was corrected, as it is printed below a list: what, instead of what was measured, why, who and when. PURE."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from minutes.language import dates
from server.attendance import wording
from server.attendance.corrections import Correction, Subject, counting
from server.attendance.listing import Listing, OfficeList
from server.attendance.persons import Person
from server.attendance.rows import Numbers


@dataclass(frozen=True, slots=True)
class Corrected:
    """`before`: what was measured of the subject."""

    number: int
    who: str
    what: str
    before: str
    reason: str
    by: str
    at: str


def numbered(found: Listing) -> Numbers:
    return {each.number: at for at, each in enumerate(counting(found.corrections), 1)}


def corrected(found: Listing, opened_at: float, zone: str) -> tuple[Corrected, ...]:
    """Those that count, oldest first. `opened_at`: Unix seconds; `zone`: in which times are told."""
    known = _known(found, opened_at, zone)
    return tuple(_corrected(at, each, known, zone) for at, each in enumerate(counting(found.corrections), 1))


def _corrected(number: int, each: Correction, known: Mapping[Subject, tuple[str, str]], zone: str) -> Corrected:
    at = each.at.astimezone(ZoneInfo(zone))
    # Of whom is not known where the correction that added them was taken back: what they were called says it then.
    who, before = known.get(each.subject, (each.change.name or "–", ""))
    return Corrected(
        number=number,
        who=who,
        what=wording.change(each.change, zone),
        before=before,
        reason=each.reason,
        by=f"{each.by}, {each.position}" if each.position else each.by,
        at=f"{dates.long_date(at)} pukul {dates.clock(at)} {dates.zone_name(at)}",
    )


def _known(found: Listing, opened_at: float, zone: str) -> dict[Subject, tuple[str, str]]:
    """How everybody on the list is called, and what was measured of them."""
    known = {Subject("office", each.id): (each.name, _there(each)) for each in found.offices if each.id}
    for office in found.offices:
        for person in office.people:
            known[Subject("person", person.id)] = (f"{person.name} ({office.name})", _seen(person, opened_at, zone))
    return known


def _there(office: OfficeList) -> str:
    there = sum(person.measured is not None for person in office.people)
    return f"{there} orang tercatat di ruang rapat" if there else "tidak tercatat di ruang rapat"


def _seen(person: Person, opened_at: float, zone: str) -> str:
    seen = person.measured
    if seen is None:
        return "tidak tercatat di ruang rapat"
    name = f"{seen.name}, " if seen.name != person.name else ""
    position = f"{seen.position}, " if seen.position != person.position else ""
    came, left = (wording.at(opened_at + each, zone) for each in (seen.came, seen.left))
    return f"{name}{position}masuk {came}, keluar {left}, {round(seen.seconds / 60)} menit"
