"""By when something is to be done: what was said ("paling lambat hari Senin"), as a day. PURE.

A date counts as a deadline where it stands behind words that say so, else where it is the only day ahead. What comes
again ("setiap akhir bulan"), begins ("mulai minggu depan") or counts from another event ("tujuh hari sejak diterima")
is none. Working weeks end on Friday.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from minutes.language import numbers
from minutes.language.calendar import MONTHS
from minutes.language.dates import DAYS
from minutes.language.tokens import Tokens
from minutes.notula.drafting.reading import either, plain

_MONTHS = {name.lower(): number for number, name in enumerate(MONTHS, 1)} | {"nopember": 11, "pebruari": 2}
_DAYS = {name.lower(): number for number, name in enumerate(DAYS)} | {"jum'at": 4}
_MONTH, _DAY = "|".join(_MONTHS), "|".join(name for name in _DAYS if name != "minggu")
_FROM_NOW = (
    r"(?: (?:lagi|ke depan|kedepan|mendatang|dari sekarang|(?:sesudah|setelah|sejak) (?:hari )?ini|dari hari ini"
    r"|(?:sesudah|setelah|sejak) rapat(?: koordinasi)?(?: ini)?))"
)
_ELSEWHEN = r"(?! (?:kerja )?(?:sejak|setelah|sesudah|sebelum|usai|pasca|dari (?:penetapan|putusan|pengumuman)))"
DEADLINE = re.compile(
    either(
        r"""paling (?:lambat|lama|telat)(?:nya)? / selambat-lambatnya / selambatnya / selambat lambatnya / sebelum
        / sampai(?: dengan)? / hingga / batas(?: waktu)?(?:nya)? / tenggat(?:nya)? / dalam(?: waktu)? / sudah harus
        / harus sudah / maksimal / deadline"""
    )
)
_COMES_AGAIN = (
    r"(?:setiap|tiap|tiap-tiap|masing-masing|bukan|jangan|mulai|sejak|terhitung|kemarin|per|tahun|lalu|sudah|sekitar"
    r"|dari)"
)
_NO_DEADLINE = re.compile(rf"(?:^| ){_COMES_AGAIN}(?: tanggal| hari| pukul)?$")
_CORRECTED = re.compile(either(r"eh(?: maaf)? / maaf / ralat / koreksi / maksud (?:saya|kami) / maksudnya / tunggu"))
_PAST = re.compile(r" (?:kemarin|lalu|yang lalu|tadi)(?!\S)")
LONG_AGO = timedelta(days=150)  # a day without year so long past is next year's
FRIDAY = 4

Read = Callable[[re.Match[str], date], date | None]


@dataclass(frozen=True, slots=True)
class _When:
    day: date
    start: int
    named: bool  # as a deadline


def due(text: str, today: date) -> date | None:
    """The deadline in `text`, said on `today`; None where there is none, or only one in the past."""
    said = plain(text)
    found = [each for each in _days(said, today) if each.day >= today]
    corrected = max((match.end() for match in _CORRECTED.finditer(said)), default=0)
    found = [each for each in found if each.start >= corrected] or found
    deadlines = [each for each in found if each.named]
    if deadlines:
        return max(deadlines, key=lambda each: each.start).day
    different = {each.day for each in found}
    return different.pop() if len(different) == 1 else None


def _days(said: str, today: date) -> Iterator[_When]:
    taken: list[tuple[int, int]] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(said):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            before = said[: match.start()].split()[-3:]
            if not _counts(before, said, match) or (day := read(match, today)) is None:
                continue
            yield _When(day, match.start(), DEADLINE.search(" ".join(before)) is not None)


def _counts(before: list[str], said: str, match: re.Match[str]) -> bool:
    """Neither comes again nor begins then nor is over."""
    over = _PAST.match(said, match.end()) is not None
    return not over and _NO_DEADLINE.search(" ".join(before)) is None


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
    (
        rf"(?:hari )?(?P<weekday>{_DAY}|(?<=hari )minggu)(?P<week> (?:minggu|pekan) depan)?"
        r"(?: (?:ini|depan|besok|lusa|mendatang|nanti))?",
        _weekday,
    ),
    (rf"{_COUNTED}{_FROM_NOW}", _in_a_while),
    (rf"(?P<one>seminggu|sepekan|sebulan|sehari)(?P<count>)(?P<unit>){_FROM_NOW}?{_ELSEWHEN}", _in_a_while),
    (rf"(?:dalam|waktu|lambat|lama|lambatnya) {_COUNTED}{_ELSEWHEN}", _in_a_while),
    (r"(?:minggu|pekan) (?P<which>ini|depan)(?: juga)?", _this_week),
    (
        r"""besok lusa / lusa / besok(?: (?:pagi|siang|sore|malam|hari))? / 1x24 jam
        / satu kali (?:dua puluh empat|24) jam""",
        _tomorrow,
    ),
    (r"hari ini(?: juga)? / (?:malam|sore|siang) ini / nanti (?:malam|sore|siang)", _today),
    (rf"tanggal {_NUMBER}", _on_day_of_month),
)
_FORMS = tuple((re.compile(either(pattern)), read) for pattern, read in _ROWS)
