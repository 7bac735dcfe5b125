"""Passages in which one wrong word changes what was said: numbers, names, negations. PURE.

Found by how a text is written and by what is known, not by what it means. A record is checked in these places first,
so a passage too many costs a glance, and one too few may cost a court case.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from minutes.language import calendar, names, numbers
from minutes.language.tokens import Token, Tokens


class Critical(StrEnum):
    NUMBER = "number"
    NAME = "name"
    NEGATION = "negation"


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters from `start` to `end` of a text, without what stands around the words."""

    start: int
    end: int
    kind: Critical


_FRACTIONS = ("setengah", "seperempat", "sepertiga", "separuh", "pertiga", "perempat")
_POWERS = ("belas", "puluh", "ratus", "seratus", "seribu", "sejuta", "sepuluh", "sebelas", *numbers.SCALES)
_COUNTING = frozenset((*numbers.ONES, *_POWERS, *_FRACTIONS, "pertama", "persen"))
_MONTHS = frozenset((*map(str.casefold, calendar.MONTHS), "nopember", "pebruari"))
_DAYS_AND_ZONES = frozenset(("senin", "selasa", "rabu", "kamis", "jumat", "jum'at", "sabtu", "wib", "wita", "wit"))
_ROMAN = re.compile(r"[IVX]{2,6}")
_FIRST = frozenset(name[0] for name in names.NAMES)
_NO_NUMBER = (("salah", "satu"), ("satu", "sama"))

_NEGATING = """
    tidak tak tiada takkan bukan jangan belum tanpa dilarang melarang larangan terlarang kecuali terkecuali nihil
    enggak nggak ngga gak ndak tdk
"""
_NEGATIONS = frozenset(_NEGATING.split())
_ENDINGS = ("lah", "kah", "pun", "nya")
_NEGATED_NOUN = "ketidak"

# Written with a capital and yet no name; what a regulation is called stands beside its number.
_OFTEN_CAPITAL = """
    bapak ibu pak bu saudara saudari anda tuhan undang-undang undang uu pkpu perppu pp pmk perma perbawaslu peraturan
    keputusan nomor tahun pasal ayat huruf angka bab lampiran terima selamat baik silakan pukul tanggal jam
"""
_ORDINARY = frozenset(_OFTEN_CAPITAL.split())
_EVERYWHERE = ("kpu", "ri")  # every meeting's host: a name only together with another
_SENTENCE_ENDS = ".?!"


def critical(text: str, people: Collection[str] = ()) -> tuple[Passage, ...]:
    """In the order they stand; passages of different kinds may overlap. `people`: names of who takes part."""
    places = [match.span() for match in re.finditer(r"\S+", text)]
    tokens = Tokens([text[start:end] for start, end in places])
    known = {part for name in people for part in name.casefold().split() if len(part) > 3}
    kinds = {
        Critical.NUMBER: _numbers(tokens),
        Critical.NAME: _named(tokens, known),
        Critical.NEGATION: [_negates(token.core) for token in tokens],
    }
    found = [
        Passage(places[first][0] + len(tokens[first].lead), places[last][1] - len(tokens[last].trail), kind)
        for kind, marks in kinds.items()
        for first, last in _runs(tokens, marks)
    ]
    return tuple(sorted(found, key=lambda passage: (passage.start, passage.end)))


def _runs(tokens: Tokens, marks: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and last word of what is marked without a break; a comma does not break it."""
    first: int | None = None
    for at, marked in enumerate([*marks, False]):
        if first is not None and not (marked and tokens.joined(at, over=",")):
            yield first, at - 1
            first = None
        if marked and first is None:
            first = at


def _numbers(tokens: Tokens) -> list[bool]:
    return [_is_number(tokens[at]) and not _only_says_one(tokens, at) for at in range(len(tokens))]


@lru_cache(maxsize=50_000)
def _is_number(token: Token) -> bool:
    core = token.core
    ordinal = core.removeprefix("ke").removeprefix("-")
    return (
        any(letter.isdigit() for letter in core)
        or core in _COUNTING
        or (ordinal != core and ordinal in _COUNTING)
        or core in _MONTHS
        or core in _DAYS_AND_ZONES
        or _ROMAN.fullmatch(_written(token)) is not None
    )


def _only_says_one(tokens: Tokens, at: int) -> bool:
    """As in "salah satu", "satu sama lain"."""
    return any(tokens.phrase(at - offset, words) for words in _NO_NUMBER for offset in (0, 1))


@lru_cache(maxsize=50_000)
def _negates(core: str) -> bool:
    stem = next((core.removesuffix(ending) for ending in _ENDINGS if core.endswith(ending)), core)
    return core in _NEGATIONS or stem in _NEGATIONS or core.startswith(_NEGATED_NOUN)


def _named(tokens: Tokens, people: Collection[str]) -> list[bool]:
    """Known names, who takes part, acronyms, and capitals inside a sentence; the host only beside one of them."""
    marks = [token.core in people or _capital(tokens, at) for at, token in enumerate(tokens)]
    for at in range(len(tokens)):
        for place in range(at, _known(tokens, at)):
            marks[place] = True
    hosts = [token.core in _EVERYWHERE for token in tokens]
    either = [mark or host for mark, host in zip(marks, hosts, strict=True)]
    for first, last in _runs(tokens, either):
        if all(hosts[first : last + 1]):
            either[first : last + 1] = [False] * (last + 1 - first)
    return either


def _known(tokens: Tokens, at: int) -> int:
    """The place behind the longest known name that begins at `at`; `at` itself for none. Commas may be misplaced."""
    words, longest = [tokens.core(at)], at
    if words[0] not in _FIRST:
        return at
    for end in range(at + 1, at + names.LONGEST + 1):
        if tuple(words) in names.NAMES:
            longest = end
        if not (following := tokens.joined(end, over=",")):
            break
        words.append(following)
    return longest


def _capital(tokens: Tokens, at: int) -> bool:
    """An acronym anywhere, or a capital where no sentence begins."""
    written, core = _written(tokens[at]), tokens.core(at)
    if written.islower():
        return False
    if core in _ORDINARY or _is_number(tokens[at]):
        return False
    capitals = sum(letter.isupper() for letter in written)
    return capitals > 1 or (capitals == 1 and written[0].isupper() and not _begins_sentence(tokens, at))


def _begins_sentence(tokens: Tokens, at: int) -> bool:
    return at == 0 or any(sign in _SENTENCE_ENDS for sign in tokens[at - 1].trail)


def _written(token: Token) -> str:
    return token.raw[len(token.lead) : len(token.raw) - len(token.trail)]
