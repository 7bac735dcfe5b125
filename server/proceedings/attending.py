"""Attendance office by office: those who invited and were invited, then outside institutions. PURE."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from server.auth.models import Office
from server.proceedings.presence import Attendee
from server.proceedings.schemas import Attendance, AttendeeOut, OfficeAttendance

COLUMNS = (
    "satker",
    "nama",
    "jabatan",
    "peran",
    "perangkat_bersama",
    "masuk_detik",
    "keluar_detik",
    "durasi_menit",
    "terlambat",
    "sambung_ulang",
    "status",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def attendance(meeting: str, host: Office, invited: Sequence[Office], people: Sequence[Attendee]) -> Attendance:
    """The host stands first and is not counted. Whoever is of no office stands under the name of their institution."""
    asked = {office.id for office in invited}
    offices = [*([host] if host.id not in asked else []), *invited]
    known = {office.id for office in offices}
    rows = [
        _office(
            office.id, office.short_name, office.id in asked, [each for each in people if each.office_id == office.id]
        )
        for office in offices
    ]
    others = dict.fromkeys((each.office_id, each.office) for each in people if each.office_id not in known)
    rows += [
        _office(id, name, False, [each for each in people if (each.office_id, each.office) == (id, name)])
        for id, name in others
    ]
    present = sum(row.invited and row.status == "present" for row in rows)
    return Attendance(meeting_id=meeting, invited=len(invited), present=present, offices=rows)


def _office(id: str, name: str, invited: bool, people: Sequence[Attendee]) -> OfficeAttendance:
    return OfficeAttendance(
        office_id=id,
        office=name,
        invited=invited,
        status="present" if people else "absent",
        people=[AttendeeOut.of(each) for each in people],
    )


def as_csv(found: Attendance) -> str:
    """One row a person, and one for every office of which nobody came. Excel opens it as it is: UTF-8, marked."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    for office in found.offices:
        for each in office.people:
            rows.writerow(_row(office.office, each))
        if not office.people:
            rows.writerow([_safe(office.office), *[""] * (len(COLUMNS) - 2), "tidak hadir"])
    return "\ufeff" + text.getvalue()


def _row(office: str, each: AttendeeOut) -> list[object]:
    return [
        _safe(office),
        _safe(each.name),
        _safe(each.position),
        each.role,
        "ya" if each.shared else "tidak",
        each.came,
        each.left,
        each.minutes,
        "ya" if each.late else "tidak",
        each.reconnects,
        "hadir",
    ]


def _safe(text: str) -> str:
    """What a guest calls themselves must not be a formula in somebody's spreadsheet (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA) else text
