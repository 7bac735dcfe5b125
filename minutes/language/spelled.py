"""Numbers in words, as official documents spell them: "dua ribu dua puluh", "1 (satu) berkas", "VII". PURE.

What `numbers` reads, this writes.
"""

from __future__ import annotations

from minutes.language.numbers import ONES, SCALES, Number, spelling

HIGHEST = 10**12 - 1
_DIGITS = {value: word for word, value in ONES.items() if word != "lapan"}
_SCALES = sorted({value: spelling(word) for word, value in SCALES.items() if value <= HIGHEST}.items(), reverse=True)
_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def spelled(number: int) -> str:
    """Terbilang. Raises `ValueError` below 0 and above 999.999.999.999."""
    if not 0 <= number <= HIGHEST:
        raise ValueError(f"no words for {number}")
    words: list[str] = []
    rest = number
    for scale, name in _SCALES:
        group, rest = divmod(rest, scale)
        if group:
            words += ["seribu"] if group == 1 and scale == 1000 else [*_below_thousand(group), name]
    return " ".join([*words, *_below_thousand(rest)]) or _DIGITS[0]


def titled(words: str) -> str:
    """With a capital for every word, as a berita acara writes dates: "Dua Ribu Dua Puluh"."""
    return " ".join(word[:1].upper() + word[1:] for word in words.split())


def counted(number: int, what: str) -> str:
    """As letters count what is attached to them: "1 (satu) berkas"."""
    return f"{grouped(number)} ({spelled(number)}) {what}"


def grouped(number: int) -> str:
    """With dots for thousands: "1.250"."""
    return Number(number, 0).written


def roman_month(month: int) -> str:
    """As numbers of letters name it: 7 is "VII"."""
    if not 1 <= month <= len(_MONTHS):
        raise ValueError(f"no month {month}")
    return _MONTHS[month - 1]


def _below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    if hundreds == 0:
        return _below_hundred(rest)
    return [*(["seratus"] if hundreds == 1 else [_DIGITS[hundreds], "ratus"]), *_below_hundred(rest)]


def _below_hundred(number: int) -> list[str]:
    tens, ones = divmod(number, 10)
    if number < 10:
        return [_DIGITS[number]] if number else []
    if tens == 1:
        return {0: ["sepuluh"], 1: ["sebelas"]}.get(ones, [_DIGITS[ones], "belas"])
    return [_DIGITS[tens], "puluh", *([_DIGITS[ones]] if ones else [])]
