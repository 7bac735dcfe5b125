"""Dates and clock times: "9 Desember 2020", "pukul 09.30 WIB". PURE.

Written as KPU's rules for official documents write them: the clock with a dot, the zone behind it.
"""

from __future__ import annotations

import re

from minutes.language import letters, numbers
from minutes.language.law import read_year
from minutes.language.rules import Found
from minutes.language.tokens import Tokens

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_MONTHS = {month.lower(): month for month in MONTHS} | {"nopember": "November", "pebruari": "Februari"}
_RANGES = ("sampai", "hingga", "dan", "atau")
_ZONES = ("WIB", "WITA", "WIT")
_DAY_PARTS = ("pagi", "siang", "sore", "malam", "dini")
_NO_TIME = "ratus ribu juta persen rupiah orang peserta kantor provinsi kabupaten kota daerah perkara kasus"
_COUNTED = frozenset(_NO_TIME.split())
_PAST, _TO = ("lewat", "lebih"), "kurang"
_CLOCK = re.compile(r"([01]?\d|2[0-4])[.:]([0-5]\d)")
HIGHEST_DAY, HIGHEST_HOUR, HIGHEST_MINUTE = 31, 24, 59


def date(tokens: Tokens, at: int) -> Found | None:
    """A day with its month, after "tanggal" also without; several days of one month; a year where it is said."""
    named = tokens.core(at) == "tanggal"
    first = at + named
    if named and not tokens.joined(first):
        return None
    days = _days(tokens, first)
    if days is None:
        return None
    text, end = days
    month = _MONTHS.get(tokens.joined(end))
    if month is None:
        return Found(end, f"tanggal {text}") if named else None
    dated, after = _month_and_year(tokens, end)
    return Found(after, f"{'tanggal ' if named else ''}{text} {dated}")


def month(tokens: Tokens, at: int) -> Found | None:
    """With its year: "Desember dua ribu dua puluh"."""
    if tokens.core(at) not in _MONTHS:
        return None
    text, end = _month_and_year(tokens, at)
    return Found(end, text) if end > at + 1 else None


def year(tokens: Tokens, at: int) -> Found | None:
    """After "tahun" only: a number alone may be anything."""
    if tokens.core(at) != "tahun":
        return None
    found = read_year(tokens, at + 1)
    return Found(found[1], f"tahun {found[0]}") if found is not None else None


def clock(tokens: Tokens, at: int) -> Found | None:
    """Also "lewat tiga puluh menit waktu Indonesia barat", "jam setengah sepuluh", "jam tujuh malam"."""
    name = tokens.core(at)
    if name not in ("pukul", "jam") or not tokens.joined(at + 1):
        return None
    read = _half(tokens, at + 1) or _digital(tokens, at + 1) or _spoken(tokens, at + 1)
    if read is None:
        return None
    hour, minute, end = read
    zone, after = _zone(tokens, end)
    if zone:
        return Found(after, f"{name} {hour:02}.{minute or 0:02} {zone}")
    if tokens.joined(end) in _DAY_PARTS:
        return Found(end, f"{name} {hour}" + (f".{minute:02}" if minute else ""))
    if minute is None and name == "jam":
        return Found(end, f"jam {hour}")
    return Found(end, f"{name} {hour:02}.{minute or 0:02}")


Time = tuple[int, int | None, int]  # hour, minute, the place after it


def _days(tokens: Tokens, at: int) -> tuple[str, int] | None:
    day = _day(tokens, at)
    if day is None:
        return None
    text, end = str(day.value), day.end
    while tokens.joined(end) in _RANGES and tokens.joined(end + 1):
        link, place = tokens.core(end), end + 1
        if link == "sampai" and tokens.joined(place) in ("dengan", "tanggal"):
            link, place = f"sampai {tokens.core(place)}", place + 1
        another = _day(tokens, place) if tokens.joined(place) else None
        if another is None:
            break
        text, end = f"{text} {link} {another.value}", another.end
    return text, end


def _day(tokens: Tokens, at: int) -> numbers.Number | None:
    number = numbers.read_whole(tokens, at, HIGHEST_DAY)
    return number if number is not None and number.value else None


def _month_and_year(tokens: Tokens, at: int) -> tuple[str, int]:
    name, end = _MONTHS[tokens.core(at)], at + 1
    found = read_year(tokens, end + 1 if tokens.joined(end) == "tahun" else end)
    return (f"{name} {found[0]}", found[1]) if found is not None else (name, end)


def _half(tokens: Tokens, at: int) -> Time | None:
    """What is called "setengah sepuluh" is half an hour before ten."""
    if tokens.core(at) != "setengah" or not tokens.joined(at + 1):
        return None
    hour = numbers.read_whole(tokens, at + 1, 13)
    return (_hour_before(hour.value), 30, hour.end) if hour is not None and hour.value else None


def _hour_before(hour: int) -> int:
    """Half an hour before one is half past twelve."""
    return hour - 1 if hour > 1 else 12


def _digital(tokens: Tokens, at: int) -> Time | None:
    found = _CLOCK.fullmatch(tokens.core(at))
    return (int(found[1]), int(found[2]), at + 1) if found else None


def _spoken(tokens: Tokens, at: int) -> Time | None:
    hour = numbers.read_below_hundred(tokens, at)
    if hour is None or hour.value > HIGHEST_HOUR or _goes_on(tokens, hour.end):
        hour = _shorter_hour(tokens, at)
    if hour is None:
        return None
    link = tokens.joined(hour.end)
    if link in _PAST or link == _TO:
        return _past_or_to(tokens, hour, link == _TO) or (hour.value, None, hour.end)
    if link == "seperempat":
        return hour.value, 15, hour.end + 1
    minute = _minute(tokens, hour.end)
    return (hour.value, minute[0], minute[1]) if minute is not None else (hour.value, None, hour.end)


def _goes_on(tokens: Tokens, at: int) -> bool:
    """What was read is the beginning of a larger number, or counts something: it is no time of day."""
    return tokens.joined(at) in _COUNTED


def _shorter_hour(tokens: Tokens, at: int) -> numbers.Number | None:
    """Of "dua puluh lima" the tens alone, where the whole is no hour."""
    hour = numbers.read_below_hundred(tokens, at)
    if hour is None or hour.value <= HIGHEST_HOUR or not hour.spoken or _goes_on(tokens, hour.end):
        return None
    tens = hour.value // 10 * 10
    return numbers.Number(tens, hour.end - 1) if tens <= HIGHEST_HOUR else None


def _past_or_to(tokens: Tokens, hour: numbers.Number, to: bool) -> Time | None:
    minute = _minute(tokens, hour.end + 1, alone=True)
    if tokens.joined(hour.end + 1) == "seperempat":
        minute = 15, hour.end + 2
    if minute is None or not minute[0]:
        return None
    return (_hour_before(hour.value), 60 - minute[0], minute[1]) if to else (hour.value, *minute)


def _minute(tokens: Tokens, at: int, alone: bool = False) -> tuple[int, int] | None:
    """Also "nol lima"; one digit alone only with `alone` or where it is called a minute."""
    if not tokens.joined(at):
        return None
    minute = numbers.read_below_hundred(tokens, at)
    if minute is None or minute.value > HIGHEST_MINUTE or _goes_on(tokens, minute.end):
        return None
    called = tokens.joined(minute.end) == "menit"
    if called:
        return minute.value, minute.end + 1
    if minute.value == 0 and (one := numbers.ONES.get(tokens.joined(minute.end))) is not None:
        return one, minute.end + 1
    return (minute.value, minute.end) if alone or minute.value >= 10 else None


def _zone(tokens: Tokens, at: int) -> tuple[str, int]:
    if tokens.phrase(at, ("waktu", "indonesia")) and tokens.joined(at):
        zone = {"barat": "WIB", "tengah": "WITA", "timur": "WIT"}.get(tokens.joined(at + 2), "")
        return zone, at + 3
    if tokens.joined(at).upper() in _ZONES:
        return tokens.joined(at).upper(), at + 1
    spelled = letters.acronym(tokens, at) if tokens.joined(at) else None
    return (spelled.text, spelled.end) if spelled is not None and spelled.text in _ZONES else ("", at)
