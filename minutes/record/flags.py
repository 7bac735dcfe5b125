"""Where a person should look before a line is believed: flags on passages of its text. PURE.

Flags are found anew whenever a line is read, from its text and its words: they change no text, and a better way of
finding them holds for every meeting at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from operator import and_
from typing import Any, TypeVar

from minutes.language import critical
from minutes.language.critical import Critical
from minutes.record.doubt import DOUBTFUL, Known, chances, settled

T = TypeVar("T")
Words = Sequence[Mapping[str, Any]]
Span = tuple[float, float]
"""Seconds of meeting time."""
SLACK_S = 0.15  # times of words are good to this: less of an overlap is none
# A transcript that is still growing is read again and again.
_critical = lru_cache(maxsize=10_000)(critical.critical)
_LETTERS = re.compile(r"\w(?:.*\w)?", re.DOTALL)


class Kind(StrEnum):
    LOW_CONFIDENCE = "low_confidence"
    NUMBER = Critical.NUMBER
    NAME = Critical.NAME
    NEGATION = Critical.NEGATION
    CROSSTALK = "crosstalk"


@dataclass(frozen=True, slots=True)
class Flag:
    """Characters from `start` to `end` of a line's text. `doubt`: chance that its most doubtful word is wrong, 0 to 1;
    None where a line has no words to tell by."""

    kind: Kind
    start: int
    end: int
    doubt: float | None


@dataclass(frozen=True, slots=True)
class Doubts:
    """`words`: for each word of a line the chance that it is wrong."""

    words: tuple[float, ...]
    flags: tuple[Flag, ...]


def doubts(text: str, words: Words, others: Collection[Span], people: frozenset[str], known: Known) -> Doubts:
    """`others`: when other seats speak. `people`: names of who takes part. `known`: whether a text is words at all.

    What a person has settled word by word raises no flag any more.
    """
    mine = frozenset(part.casefold() for name in people for part in name.split())
    told = chances(words, lambda word: known(word) or _core(word) in mine)
    places = located(text, words)
    open = [not settled(word) for word in words]
    over = list(map(and_, talked_over(words, others), open))
    marks: list[tuple[Kind, int, int]] = [
        *(
            (Kind(passage.kind), passage.start, passage.end)
            for passage in _critical(text, people)
            if all(open) or _any(passage.start, passage.end, places, open)
        ),
        *((Kind.LOW_CONFIDENCE, *span) for span in _runs(text, places, [each >= DOUBTFUL for each in told])),
        *((Kind.CROSSTALK, *span) for span in _runs(text, places, over)),
    ]
    flags = (Flag(kind, start, end, _most(start, end, places, told)) for kind, start, end in marks)
    return Doubts(told, tuple(sorted(flags, key=lambda flag: (flag.start, flag.end, flag.kind))))


def located(text: str, words: Words) -> tuple[tuple[int, int], ...]:
    """Where each word stands in the text; one that does not stand there takes no room."""
    places, at = [], 0
    for word in words:
        written = word["text"].strip()
        start = text.find(written, at)
        if start < 0:
            start, written = at, ""
        at = start + len(written)
        places.append((start, at))
    return tuple(places)


def talked_over(words: Words, others: Collection[Span]) -> list[bool]:
    """For each word whether another seat speaks meanwhile."""
    if not others:
        return [False] * len(words)
    return [
        any(word["start"] < end - SLACK_S and word["end"] > start + SLACK_S for start, end in others) for word in words
    ]


def _runs(text: str, places: Sequence[tuple[int, int]], marks: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Stretches of marked words, without the punctuation around them; marked words without letters are none."""
    if not any(marks):
        return
    for marked, run in groupby(zip(places, marks, strict=True), key=lambda each: each[1]):
        stretch = [place for place, _ in run]
        letters = _LETTERS.search(text, stretch[0][0], stretch[-1][1])
        if marked and letters is not None:
            yield letters.span()


def _most(start: int, end: int, places: Sequence[tuple[int, int]], told: Sequence[float]) -> float | None:
    return max(_inside(start, end, places, told), default=None)


def _any(start: int, end: int, places: Sequence[tuple[int, int]], open: Sequence[bool]) -> bool:
    """Whether one of the words there is open; also where the words do not tell."""
    inside = list(_inside(start, end, places, open))
    return any(inside) or not inside


def _inside(start: int, end: int, places: Sequence[tuple[int, int]], values: Sequence[T]) -> Iterator[T]:
    """Of the words that characters touch."""
    for (since, until), value in zip(places, values, strict=True):
        if since >= end:
            return
        if until > start:
            yield value


def _core(word: str) -> str:
    found = _LETTERS.search(word)
    return found[0].casefold() if found is not None else ""
