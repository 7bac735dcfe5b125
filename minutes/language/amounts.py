"""Percentages, money, and numbers by themselves. PURE.

Numbers that take one or two words stay words, longer ones become digits (EYD V, III.B.1); so do all numbers of a list.
"""

from __future__ import annotations

from minutes.language import numbers
from minutes.language.rules import Found
from minutes.language.tokens import Tokens

MOST_WORDS = 2
SHORTEST_LIST = 3
_FRACTIONS = {"setengah": "0,5", "seperempat": "0,25"}


def percent(tokens: Tokens, at: int) -> Found | None:
    """Also "nol koma lima persen", "setengah persen", "5 persen"."""
    if (fraction := _FRACTIONS.get(tokens.core(at))) and tokens.joined(at + 1) == "persen":
        return Found(at + 2, f"{fraction}%")
    number = numbers.read(tokens, at)
    if number is None or tokens.joined(number.end) not in ("persen", "%"):
        return None
    return Found(number.end + 1, f"{number.written}%")


def money(tokens: Tokens, at: int) -> Found | None:
    """What is said as "dua juta lima ratus ribu rupiah" is Rp2.500.000, "tiga miliar rupiah" Rp3 miliar."""
    if tokens.core(at) == "rp":
        number = numbers.read(tokens, at + 1) if tokens.joined(at + 1, over=".") else None
        return Found(number.end, f"Rp{number.written}") if number is not None else None
    number = numbers.read(tokens, at)
    if number is None or tokens.joined(number.end) != "rupiah":
        return None
    return Found(number.end + 1, f"Rp{_short(tokens, number)}")


def nomor(tokens: Tokens, at: int) -> Found | None:
    """A name, so always digits and without dots."""
    if tokens.core(at) not in ("nomor", "nomer") or not tokens.joined(at + 1):
        return None
    number = numbers.read(tokens, at + 1)
    if number is None or number.decimals or number.scale:
        return None
    return Found(number.end, f"nomor {number.value}")


def plain(tokens: Tokens, at: int) -> Found | None:
    """A number by itself, where it has a decimal, takes more than two words, or stands in a list of numbers."""
    number = numbers.read(tokens, at)
    if number is None or not number.spoken:
        return None
    if number.decimals or number.end - at > MOST_WORDS:
        return Found(number.end, number.written)
    return _list(tokens, at)


def _list(tokens: Tokens, at: int) -> Found | None:
    """Three numbers or more in a row, with commas or without."""
    texts: list[str] = []
    place = at
    while (number := numbers.read(tokens, place)) is not None and (place == at or tokens.joined(place, over=",")):
        text = number.written if number.spoken else tokens.core(place)
        place = number.end
        texts.append(text + tokens[place - 1].trail)
    if len(texts) < SHORTEST_LIST:
        return None
    return Found(place, " ".join(texts).removesuffix(tokens[place - 1].trail))


def _short(tokens: Tokens, number: numbers.Number) -> str:
    """A round number of one scale keeps its scale: Rp500 juta."""
    if number.decimals:
        return number.written
    last = tokens.core(number.end - 1)
    scale = numbers.SCALES.get(last, 0)
    if scale <= 10**3 or number.value % scale:
        return number.written
    return f"{number.value // scale:,}".replace(",", ".") + f" {numbers.spelling(last)}"
