"""Regulations cited in a written text, as data: `pkpu:2020:5`, with the parts that are named. PURE.

A key stays the same however the regulation was named, so that all who cited it are found together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from minutes.language.law import REGULATIONS

_KINDS = {written.casefold(): key for _, written, key in REGULATIONS} | {
    " ".join(words): key for words, _, key in REGULATIONS
}
_NAME = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(_KINDS, key=len, reverse=True))
_NUMBER = r"(?:(?:nomor|no\.?)\s+)?(?P<number>\d{1,4})\s*(?:/|\s+tahun\s+)\s*(?P<year>(?:19|20)\d\d)\b"
# "UU Pemilu nomor 7 tahun 2017": what the regulation is about may stand in between.
_SUBJECT = r"(?:\s+(?!nomor\b|no\b|tahun\b)[^\W\d]+){0,4}?"
_CITED = re.compile(rf"\b(?P<name>{_NAME}){_SUBJECT}\s+{_NUMBER}", re.IGNORECASE)
_AMENDED = re.compile(rf"\s+(?:jo\.?|juncto)\s+{_NUMBER}", re.IGNORECASE)
_REFERENCE = re.compile(
    r"\b(?:Pasal\s+(?P<article>\d{1,3}[A-Z]?)"
    r"(?:,?\s+ayat\s+\(?(?P<paragraph>\d{1,2})\)?)?"
    r"(?:,?\s+huruf\s+(?P<letter>[a-z])\b)?"
    r"(?:,?\s+angka\s+(?P<item>\d{1,2}))?)"
)
_LINK = re.compile(r",?\s+(?:(?:dari|dalam|pada|di|menurut)\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Citation:
    """Characters from `start` to `end` of the text. `regulation` is "" where only a part is named ("Pasal 138")."""

    start: int
    end: int
    regulation: str
    article: str = ""
    paragraph: str = ""
    letter: str = ""
    item: str = ""


def cited(text: str) -> tuple[Citation, ...]:
    """In the order they stand in the text. A part that leads up to a regulation is one citation with it."""
    regulations = list(_regulations(text))
    found = []
    for match in _REFERENCE.finditer(text):
        owner = next((each for each in regulations if _leads(text, match.end(), each.start)), None)
        if owner is not None:
            regulations.remove(owner)
        end, key = (owner.end, owner.regulation) if owner is not None else (match.end(), "")
        parts = (match["article"], match["paragraph"], match["letter"], match["item"])
        found.append(Citation(match.start(), end, key, *(part or "" for part in parts)))
    return tuple(sorted([*found, *regulations], key=lambda each: each.start))


def _regulations(text: str) -> Iterator[Citation]:
    for match in _CITED.finditer(text):
        kind = _KINDS[" ".join(match["name"].casefold().split())]
        yield _of(kind, match)
        end = match.end()
        while (more := _AMENDED.match(text, end)) is not None:
            yield _of(kind, more)
            end = more.end()


def _of(kind: str, match: re.Match[str]) -> Citation:
    start = match.start("number") if "name" not in match.groupdict() else match.start()
    return Citation(start, match.end(), f"{kind}:{match['year']}:{int(match['number'])}")


def _leads(text: str, end: int, start: int) -> bool:
    """Nothing but a word like "dalam" lies between the two places."""
    return end < start and _LINK.fullmatch(text[end:start]) is not None
