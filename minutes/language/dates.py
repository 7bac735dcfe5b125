"""Dates and times as official documents write them: "Kamis, 9 Juli 2020", "09.05", "WITA". PURE.

A moment that is given has the zone in which it is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from minutes.language.calendar import MONTHS
from minutes.language.spelled import spelled, titled

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def long_date(local: date) -> str:
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def day_and_date(local: date) -> str:
    return f"{DAYS[local.weekday()]}, {long_date(local)}"


def in_words(local: date) -> str:
    """As a berita acara begins: "Kamis tanggal Sembilan bulan Juli tahun Dua Ribu Dua Puluh"."""
    day, year = titled(spelled(local.day)), titled(spelled(local.year))
    return f"{DAYS[local.weekday()]} tanggal {day} bulan {MONTHS[local.month - 1]} tahun {year}"


def short_date(local: date) -> str:
    """As news items write it: "9/7/2020"."""
    return f"{local.day}/{local.month}/{local.year}"


def clock(local: datetime) -> str:
    return f"{local:%H.%M}"


def zone_name(local: datetime) -> str:
    """WIB, WITA or WIT; elsewhere what its zone calls itself."""
    return local.tzname() or "UTC"


def at_clock(local: datetime) -> str:
    """With its zone: "09.00 WIB"."""
    return f"{clock(local)} {zone_name(local)}"


def in_zones(start: datetime, end: datetime | None, home: str, others: Iterable[str]) -> str:
    """The same hours in every zone, the home zone first, the others west to east.

    "pukul 09.00–11.30 WIB / 10.00–12.30 WITA", with the date where it is another than at home; `end` None: until it is
    over.
    """
    at_home = start.astimezone(ZoneInfo(home))
    found = {zone_name(at_home): at_home}
    for local in sorted((start.astimezone(ZoneInfo(each)) for each in set(others)), key=_offset):
        found.setdefault(zone_name(local), local)
    written = [_hours(local, end, at_home) for local in found.values()]
    return "pukul " + " / ".join(written)


def _offset(local: datetime) -> float:
    offset = local.utcoffset()
    return offset.total_seconds() if offset is not None else 0.0


def _hours(local: datetime, end: datetime | None, at_home: datetime) -> str:
    until = end.astimezone(local.tzinfo) if end is not None else None
    hours = f"{clock(local)}–{clock(until)} {zone_name(local)}" if until else f"{at_clock(local)} s.d. selesai"
    return hours + _moved(local, until, at_home)


def _moved(local: datetime, until: datetime | None, at_home: datetime) -> str:
    """Dates that whoever reads the date at home would not expect."""
    starts = day_and_date(local) if local.date() != at_home.date() else ""
    ends = day_and_date(until) if until is not None and until.date() != local.date() else ""
    told = " sampai ".join(filter(None, (starts, ends))) if starts else f"sampai {ends}" if ends else ""
    return f" ({told})" if told else ""
