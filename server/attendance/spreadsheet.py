"""A list as CSV: what holds officially and what was measured, one row a person. PURE."""

from __future__ import annotations

import csv
import io

from server.attendance import wording
from server.attendance.listing import Listing, OfficeList
from server.attendance.persons import Person

COLUMNS = (
    "satker",
    "nama",
    "jabatan",
    "peran",
    "moda",
    "jam_masuk",
    "jam_keluar",
    "durasi_menit",
    "status",
    "diwakili_oleh",
    "keterangan",
    "terukur_nama",
    "terukur_masuk_detik",
    "terukur_keluar_detik",
    "terukur_durasi_menit",
    "sambung_ulang",
    "perangkat_bersama",
    "acara_diikuti",
    "koreksi",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(found: Listing, zone: str) -> str:
    """One row a person, and one for every invited office of which nobody is on the list; times in `zone`.

    Excel opens it as it is: UTF-8, marked.
    """
    text = io.StringIO()
    rows = csv.DictWriter(text, COLUMNS, restval="")
    rows.writeheader()
    there = [(str(item.number), frozenset(item.people)) for item in found.items]
    for office in found.offices:
        for person in office.people:
            items = " ".join(number for number, people in there if person.id in people)
            rows.writerow(_row(office, person, zone) | {"acara_diikuti": items})
        if not office.people and (office.invited or office.corrections):
            rows.writerow(_empty(office))
    return "\ufeff" + text.getvalue()


def _row(office: OfficeList, each: Person, zone: str) -> dict[str, object]:
    return {
        "satker": _safe(office.name),
        "nama": _safe(each.name),
        "jabatan": _safe(each.position),
        "peran": wording.ROLES[each.role],
        "moda": wording.MODES[each.mode] if each.mode is not None else "",
        "jam_masuk": wording.clock(each.came_at, zone),
        "jam_keluar": wording.clock(each.left_at, zone),
        "durasi_menit": each.minutes if each.minutes is not None else "",
        "status": wording.STATUSES[each.status],
        "diwakili_oleh": _safe(each.represented_by),
        "keterangan": _safe(each.note),
        "koreksi": _numbers(each.corrections),
        **_measured(each),
    }


def _measured(each: Person) -> dict[str, object]:
    if (seen := each.measured) is None:
        return {}
    return {
        "terukur_nama": _safe(seen.name),
        "terukur_masuk_detik": seen.came,
        "terukur_keluar_detik": seen.left,
        "terukur_durasi_menit": round(seen.seconds / 60, 1),
        "sambung_ulang": seen.reconnects,
        "perangkat_bersama": "ya" if seen.shared else "tidak",
    }


def _empty(office: OfficeList) -> dict[str, object]:
    return {
        "satker": _safe(office.name),
        "status": wording.STATUSES[office.status],
        "diwakili_oleh": _safe(office.represented_by),
        "keterangan": _safe(office.note),
        "koreksi": _numbers(office.corrections),
    }


def _numbers(corrections: tuple[int, ...]) -> str:
    return " ".join(str(each) for each in corrections)


def _safe(text: str) -> str:
    """What a guest calls themselves must not be a formula in somebody's spreadsheet (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(_FORMULA) else text
