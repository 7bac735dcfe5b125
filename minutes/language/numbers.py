"""Numbers as they are said ("dua ribu dua puluh") and as they are written ("2.020", "2,5"). PURE.

The grammar of Indonesian cardinals: groups of hundreds, tens and ones, each followed by a smaller scale than the one
before. What does not fit is the beginning of the next number: "lima dua ribu" is 5 and 2,000.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutes.language.tokens import Tokens

ONES = {
    "nol": 0,
    "satu": 1,
    "dua": 2,
    "tiga": 3,
    "empat": 4,
    "lima": 5,
    "enam": 6,
    "tujuh": 7,
    "delapan": 8,
    "lapan": 8,
    "sembilan": 9,
}
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12, "trilyun": 10**12}
_TEENS = {"sepuluh": 10, "sebelas": 11}
_PLAIN = re.compile(r"\d{1,15}")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3}){1,4}")
_DECIMAL = re.compile(r"(\d{1,12}|\d{1,3}(?:\.\d{3}){1,3}),(\d{1,6})")


@dataclass(frozen=True, slots=True)
class Number:
    """`value` is whole; `decimals` are the digits after the comma. `end`: of the words it takes. `spoken`: said as
    words. `scale`: the last word, where the number is a short one of that scale ("2,5 miliar")."""

    value: int
    end: int
    decimals: str = ""
    spoken: bool = True
    scale: str = ""

    @property
    def written(self) -> str:
        """With dots for thousands and a comma before decimals (SNI, EYD V)."""
        whole = f"{self.value:,}".replace(",", ".")
        digits = f"{whole},{self.decimals}" if self.decimals else whole
        return f"{digits} {self.scale}" if self.scale else digits


def read(tokens: Tokens, at: int) -> Number | None:
    """The longest number that begins at `at`."""
    whole = _whole(tokens, at)
    if whole is None:
        return None
    if not whole.decimals:
        whole = _with_decimals(tokens, whole)
    return _scaled(tokens, whole) if whole.decimals else whole


def read_whole(tokens: Tokens, at: int, most: int) -> Number | None:
    """A number without decimals up to `most`; None when the longest one that begins here is none of these."""
    number = read(tokens, at)
    return number if number is not None and not number.decimals and number.value <= most else None


def read_below_hundred(tokens: Tokens, at: int) -> Number | None:
    """The tens and ones that begin at `at`, whatever follows: of "dua puluh dua ribu" 22."""
    number, end = _tens(tokens, at)
    if end > at:
        return Number(number, end)
    digits = tokens.core(at)
    return Number(int(digits), at + 1, spoken=False) if _PLAIN.fullmatch(digits) and int(digits) < 100 else None


def _whole(tokens: Tokens, at: int) -> Number | None:
    core = tokens.core(at)
    if found := _DECIMAL.fullmatch(core):
        return Number(int(found[1].replace(".", "")), at + 1, found[2], spoken=False)
    if _PLAIN.fullmatch(core) or _GROUPED.fullmatch(core):
        return _digits_and_scales(tokens, at, int(core.replace(".", "")))
    return _said(tokens, at)


def _digits_and_scales(tokens: Tokens, at: int, value: int) -> Number:
    """As in "270 ribu"; "3 juta 500 ribu" are two numbers, nobody writes so."""
    scale = SCALES.get(tokens.joined(at + 1), 0)
    return Number(value * scale, at + 2, spoken=True) if scale else Number(value, at + 1, spoken=False)


def _said(tokens: Tokens, at: int) -> Number | None:
    total, end, smallest = 0, at, 10**15
    while smallest > 1 and (end == at or tokens.joined(end)):
        group, scale, after = _scaled_group(tokens, end)
        if after == end or scale >= smallest or (group == 0 and end > at):
            break
        total, end, smallest = total + group * scale, after, scale
    return Number(total, end) if end > at else None


def _scaled_group(tokens: Tokens, at: int) -> tuple[int, int, int]:
    """A number below a thousand, its scale, and where they end: at `at` for nothing."""
    if tokens.core(at) == "seribu":
        return 1, 1000, at + 1
    group, after = _group(tokens, at)
    scale = SCALES.get(tokens.joined(after), 0) if group else 0
    return (group, scale, after + 1) if scale else (group, 1, after)


def _group(tokens: Tokens, at: int) -> tuple[int, int]:
    """Hundreds, tens and ones below a thousand, and where they end; (0, at) for nothing."""
    first = tokens.core(at)
    if first == "seratus":
        rest, end = _tens(tokens, at + 1, follows=True)
        return 100 + rest, end
    if ONES.get(first, 0) and tokens.joined(at + 1) == "ratus":
        rest, end = _tens(tokens, at + 2, follows=True)
        return ONES[first] * 100 + rest, end
    return _tens(tokens, at)


def _tens(tokens: Tokens, at: int, follows: bool = False) -> tuple[int, int]:
    """`follows`: it goes on with a number, in which nobody says zero and of which a comma is no part."""
    first = tokens.joined(at) if follows else tokens.core(at)
    if first in _TEENS:
        return _TEENS[first], at + 1
    if first not in ONES or (follows and (not ONES[first] or _begins_scale(tokens, at))):
        return 0, at
    digit, after = ONES[first], tokens.joined(at + 1)
    if digit and after == "belas":
        return 10 + digit, at + 2
    if digit and after == "puluh":
        one = ONES.get(tokens.joined(at + 2), 0)
        if one and not _more_than_one(tokens, at + 3):
            return digit * 10 + one, at + 3
        return digit * 10, at + 2
    return digit, at + 1


def _begins_scale(tokens: Tokens, at: int) -> bool:
    """Then it is a number of its own: "seratus dua ratus" are two."""
    return tokens.joined(at + 1) == "ratus"


def _more_than_one(tokens: Tokens, at: int) -> bool:
    """The one before is the head of a number of its own: "dua puluh dua puluh", "dua puluh tiga ratus"."""
    return tokens.joined(at) in ("puluh", "belas", "ratus")


def _with_decimals(tokens: Tokens, whole: Number) -> Number:
    """As in "dua koma tujuh lima"."""
    if tokens.joined(whole.end) != "koma":
        return whole
    digits, at = "", whole.end + 1
    while (digit := tokens.joined(at)) in ONES:
        digits, at = digits + str(ONES[digit]), at + 1
    tens, end = _tens(tokens, whole.end + 1, follows=True)
    if tens > 9 and end > at - 1:  # "koma dua puluh lima"
        digits, at = str(tens), end
    return Number(whole.value, at, digits) if digits else whole


def _scaled(tokens: Tokens, number: Number) -> Number:
    scale = tokens.joined(number.end)
    if scale not in SCALES:
        return number
    return Number(number.value, number.end + 1, number.decimals, number.spoken, spelling(scale))


def spelling(scale: str) -> str:
    """As the dictionary has it."""
    return {"milyar": "miliar", "trilyun": "triliun"}.get(scale, scale)
