"""What stands in a cell, read forgivingly and written in one way. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from server.auth.models import INSTITUTION_KINDS
from server.directory.rules import ZONES

LEVELS = {
    "pusat": "pusat",
    "provinsi": "provinsi",
    "kabupaten/kota": "kabkota",
    "kabupaten": "kabkota",
    "kota": "kabkota",
    "kab/kota": "kabkota",
    "kabkota": "kabkota",
    "instansi": "instansi",
    "instansi luar": "instansi",
}
KINDS = {each: each for each in INSTITUTION_KINDS} | {"pemerintah daerah": "pemda", "kepolisian": "polri"}
ROLES = {
    "peserta": "participant",
    "sekretariat": "secretariat",
    "pimpinan": "chair",
    "administrator": "admin",
    "participant": "participant",
    "secretariat": "secretariat",
    "chair": "chair",
    "admin": "admin",
}
POSTS = {"definitif": "definitif", "plt.": "plt", "plt": "plt", "plh.": "plh", "plh": "plh"}
ACTIVE = {"ya": True, "tidak": False, "aktif": True, "nonaktif": False, "1": True, "0": False}
_MONTHS = (
    ("januari", "jan"),
    ("februari", "pebruari", "feb"),
    ("maret", "mar"),
    ("april", "apr"),
    ("mei",),
    ("juni", "jun"),
    ("juli", "jul"),
    ("agustus", "agu", "agt"),
    ("september", "sep"),
    ("oktober", "okt"),
    ("november", "nopember", "nov"),
    ("desember", "des"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}


class Unreadable(ValueError):
    """The text says what may be written instead."""


def word(text: str, known: Mapping[str, str]) -> str:
    """Raises `Unreadable`."""
    found = known.get(text.casefold())
    if found is None:
        raise Unreadable(f"'{text[:40]}' tidak dikenal. Pilih: {', '.join(shown(known))}.")
    return found


def shown(known: Mapping[str, object]) -> list[str]:
    """The first way to write each value."""
    first: dict[object, str] = {}
    for text, value in known.items():
        first.setdefault(value, text)
    return list(first.values())


def written(value: object, known: Mapping[str, object]) -> str:
    return next((text for text, each in known.items() if each == value), str(value))


def active(text: str) -> bool:
    """Raises `Unreadable`."""
    found = ACTIVE.get(text.casefold())
    if found is None:
        raise Unreadable("Tulis ya atau tidak.")
    return found


def day(text: str) -> date:
    """`2026-03-01`, `1/3/2026`, `1 Maret 2026`: the day first, as in Indonesia. Raises `Unreadable`."""
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, number = (int(each) for each in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text):
        number, month, year = (int(each) for each in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})\s+([a-z]+)\.?\s+(\d{4})", text.casefold()):
        number, month, year = int(match[1]), _MONTH.get(match[2], 0), int(match[3])
    else:
        raise Unreadable(f"'{text[:40]}' bukan tanggal. Tulis misalnya 2026-03-01 atau 1 Maret 2026.")
    try:
        return date(year, month, number)
    except ValueError:
        raise Unreadable(f"Tanggal '{text[:40]}' tidak ada dalam kalender.") from None


def zone(text: str, present: str) -> str:
    """`present` stays where it has that name: Pontianak's is WIB too. Raises `Unreadable`."""
    if text in ZONES:
        return text
    named = [each for each in (present, *ZONES) if each and zone_name(each) == text.upper()]
    if not named:
        raise Unreadable(f"'{text[:40]}' bukan zona waktu. Pilih: WIB, WITA, WIT.")
    return named[0]


def zone_name(zone: str) -> str:
    """WIB, WITA or WIT, at all times of the year."""
    return datetime(2020, 1, 1, tzinfo=ZoneInfo(zone)).tzname() or zone


def area_code(text: str) -> str:
    """`6501` and the number 65.1, which spreadsheets make of 65.10, as `65.01` and `65.10`."""
    if re.fullmatch(r"\d{4}", text):
        return f"{text[:2]}.{text[2:]}"
    return f"{text}0" if re.fullmatch(r"\d{2}\.\d", text) else text
