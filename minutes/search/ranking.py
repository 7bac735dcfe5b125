"""How well a line answers a query, from the line alone. Pure.

No statistics of the corpus: they would differ between databases and tell a caller about lines they may not see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from minutes.search.query import Query, Term

FAR = 99


@dataclass(frozen=True, slots=True, order=True)
class Score:
    """Smaller is better, in this order."""

    uncovered: int  # terms and phrases the line does not have
    inexact: int  # terms it has in another form only
    spread: int  # words between the closest occurrences of all terms


def score(query: Query, words: Sequence[str]) -> Score:
    """`words`: the line's normalised tokens in order."""
    places = [_places(term, words) for term in query.terms]
    exact = sum(term.surface in words for term in query.terms)
    found = sum(bool(each) for each in places)
    phrases = sum(_has(phrase, words) for phrase in query.phrases)
    uncovered = len(query.terms) - found + len(query.phrases) - phrases
    return Score(uncovered, found - exact, _spread([each for each in places if each]))


def _places(term: Term, words: Sequence[str]) -> list[int]:
    return [at for at, word in enumerate(words) if term.matches(word)]


def _has(phrase: Sequence[str], words: Sequence[str]) -> bool:
    size = len(phrase)
    return any(tuple(words[at : at + size]) == tuple(phrase) for at in range(len(words) - size + 1))


def _spread(places: Sequence[Sequence[int]]) -> int:
    """Words from first to last in the tightest group that has every term once, less the terms themselves."""
    if len(places) < 2:
        return 0
    best = FAR
    for first in places[0]:
        nearest = [min(each, key=lambda at: abs(at - first)) for each in places[1:]]
        group = [first, *nearest]
        best = min(best, max(group) - min(group) - len(places) + 1)
    return max(0, best)
