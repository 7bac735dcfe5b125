"""Days as they are said: "tanggal 15 Juli", "Jumat minggu depan", "dalam tiga hari kerja". PURE.

Working weeks end on Friday; holidays nobody has told us.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from minutes.language import numbers
from minutes.language.calendar import MONTHS
from minutes.language.dates import DAYS
from minutes.language.tokens import Tokens
from minutes.notula.drafting.reading import either

_MONTHS = {name.lower(): number for number, name in enumerate(MONTHS, 1)} | {"nopember": 11, "pebruari": 2}
_DAYS = {name.lower(): number for number, name in enumerate(DAYS)} | {"jum'at": 4}
_MONTH, _DAY = "|".join(_MONTHS), "|".join(name for name in _DAYS if name != "minggu")
_FROM_NOW = (
    r"(?: (?:lagi|ke depan|kedepan|mendatang|dari sekarang|(?:sesudah|setelah|sejak) (?:hari )?ini|dari hari ini"
    r"|(?:sesudah|setelah|sejak) rapat(?: koordinasi)?(?: ini)?))"
)
_ELSEWHEN = r"(?! (?:kerja )?(?:sejak|setelah|sesudah|sebelum|usai|pasca|dari (?:penetapan|putusan|pengumuman)))"
LONG_AGO = timedelta(days=150)  # a day without year so long past is next year's
FRIDAY = 4

Read = Callable[[re.Match[str], date], date | None]


def _on_date(match: re.Match[str], today: date) -> date | None:
    day, year = _number(match["day"]), match["year"]
    return _date(today, day, _MONTHS[match["month"]], int(year) if year else None)


def _date(today: date, day: int | None, month: int, year: int | None) -> date | None:
    """Without a year: this year's, or next year's where this one's is long past."""
    try:
        found = date(year or today.year, month, day or 0)
        return found.replace(year=today.year + 1) if year is None and today - found > LONG_AGO else found
    except ValueError:
        return None


def _on_day_of_month(match: re.Match[str], today: date) -> date | None:
    """The next such day."""
    day = _number(match["day"])
    if day is None or not 1 <= day <= 31:
        return None
    ahead = (today + timedelta(days=days) for days in range(62))
    return next((each for each in ahead if each.day == day), None)


def _end_of_month(match: re.Match[str], today: date) -> date | None:
    name = match["month"]
    first = today.replace(day=1)
    if name == "depan":
        first = (first + timedelta(days=32)).replace(day=1)
    elif name in _MONTHS:
        first = first.replace(month=_MONTHS[name], year=today.year + (_MONTHS[name] < today.month))
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _weekday(match: re.Match[str], today: date) -> date | None:
    """The next one after today; with "minggu depan" that of the week to come."""
    ahead = (_DAYS[match["weekday"]] - today.weekday()) % 7
    if match["week"]:
        return today + timedelta(days=7 - today.weekday() + _DAYS[match["weekday"]])
    return today + timedelta(days=ahead or 7)


def _this_week(match: re.Match[str], today: date) -> date | None:
    friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
    return friday + timedelta(days=7) if match["which"] == "depan" else friday


def _in_a_while(match: re.Match[str], today: date) -> date | None:
    count = 1 if match["one"] else _number(match["count"])
    unit = match["one"] or match["unit"]
    if count is None or not 0 < count <= 100:
        return None
    if "kerja" in match[0]:
        return _working_days(today, count)
    return _later(today, count, unit.removeprefix("se"))


def _later(today: date, count: int, unit: str) -> date:
    if unit == "bulan":
        month = today.month - 1 + count
        year, month = today.year + month // 12, month % 12 + 1
        return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
    return today + timedelta(days=count * {"hari": 1, "minggu": 7, "pekan": 7}[unit])


def _working_days(today: date, count: int) -> date:
    """Saturdays and Sundays do not count; holidays nobody has told us."""
    day = today
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _number(said: str | None) -> int | None:
    words = Tokens((said or "").split())
    number = numbers.read(words, 0)
    return number.value if number is not None and number.end == len(words) and not number.decimals else None


def _today(_: re.Match[str], today: date) -> date | None:
    return today


def _tomorrow(match: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=2 if "lusa" in match[0] else 1)


_ONE = "|".join(numbers.ONES)
_SAID = rf"\d{{1,3}}|sepuluh|sebelas|(?:{_ONE})(?: belas| puluh(?: (?:{_ONE}))?)?"
_UNITS = r"(?P<unit>hari|minggu|pekan|bulan)(?: kerja)?(?P<one>)"
_COUNTED = rf"(?P<count>{_SAID}) {_UNITS}"
_NUMBER = rf"(?P<day>{_SAID})"
_ROWS: tuple[tuple[str, Read], ...] = (
    (rf"{_NUMBER} (?P<month>{_MONTH})(?: tahun)?(?: (?P<year>20\d\d))?", _on_date),
    (rf"akhir (?:bulan )?(?P<month>{_MONTH}|ini|depan)", _end_of_month),
    (r"akhir (?P<month>bulan)(?: ini)?", _end_of_month),
    (r"akhir (?:minggu|pekan) (?P<which>ini|depan)", _this_week),
    (
        rf"(?:hari )?(?P<weekday>{_DAY}|(?<=hari )minggu)(?P<week> (?:minggu|pekan) depan)?"
        r"(?: (?:ini|depan|besok|lusa|mendatang|nanti))?",
        _weekday,
    ),
    (rf"{_COUNTED}{_FROM_NOW}", _in_a_while),
    (rf"(?P<one>seminggu|sepekan|sebulan|sehari)(?P<count>)(?P<unit>){_FROM_NOW}?{_ELSEWHEN}", _in_a_while),
    (rf"(?:dalam|waktu|waktunya|lambat|lama|lambatnya|tenggatnya) {_COUNTED}{_ELSEWHEN}", _in_a_while),
    (rf"{_COUNTED} (?:cukup|saja|selesai|harus selesai)", _in_a_while),
    (r"(?:minggu|pekan) (?P<which>ini|depan)(?: juga)?", _this_week),
    (
        r"""besok lusa / lusa / besok(?: (?:pagi|siang|sore|malam|hari))? / 1x24 jam
        / satu kali (?:dua puluh empat|24) jam""",
        _tomorrow,
    ),
    (r"hari ini(?: juga)? / (?:malam|sore|siang) ini / nanti (?:malam|sore|siang)", _today),
    (rf"tanggal {_NUMBER}", _on_day_of_month),
)
FORMS: tuple[tuple[re.Pattern[str], Read], ...] = tuple((re.compile(either(pattern)), read) for pattern, read in _ROWS)
