"""Which words of a line a query found, also by their stems; and the part of the line worth showing. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from minutes.search.analysis import Token, tokens
from minutes.search.query import Query

SNIPPET = 240  # characters


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    hit: bool


def highlight(text: str, query: Query) -> tuple[Piece, ...]:
    """The whole text in pieces; joined they are the text again."""
    return _pieces(text, 0, len(text), _hits(text, query))


def snippet(text: str, query: Query, size: int = SNIPPET) -> tuple[Piece, ...]:
    """About `size` characters around most hits, cut between words, with an ellipsis where something is left out."""
    hits = _hits(text, query)
    if len(text) <= size:
        return _pieces(text, 0, len(text), hits)
    start, end = _window(text, hits, size)
    shown = _pieces(text, start, end, hits)
    before = (Piece("… ", False),) if start > 0 else ()
    after = (Piece(" …", False),) if end < len(text) else ()
    return (*before, *shown, *after)


def _hits(text: str, query: Query) -> list[Token]:
    found = tokens(text)
    phrased = _phrased(found, query)
    return [
        token
        for at, token in enumerate(found)
        if at in phrased or any(term.matches(token.text) for term in query.terms)
    ]


def _phrased(found: Sequence[Token], query: Query) -> set[int]:
    words = [token.text for token in found]
    places: set[int] = set()
    for phrase in query.phrases:
        for at in range(len(words) - len(phrase) + 1):
            if tuple(words[at : at + len(phrase)]) == phrase:
                places.update(range(at, at + len(phrase)))
    return places


def _window(text: str, hits: Sequence[Token], size: int) -> tuple[int, int]:
    """The stretch with most hits, begun a little before its first one."""
    starts = [max(0, hit.start - size // 4) for hit in hits] or [0]
    best = max(starts, key=lambda start: sum(start <= hit.start and hit.end <= start + size for hit in hits))
    start = _word_start(text, min(best, max(0, len(text) - size)))
    end = len(text) if start + size >= len(text) else text.rfind(" ", start, start + size)
    return start, end if end > start else min(len(text), start + size)


def _word_start(text: str, at: int) -> int:
    if at == 0:
        return 0
    space = text.find(" ", at)
    return at if space < 0 else space + 1


def _pieces(text: str, start: int, end: int, hits: Sequence[Token]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = start
    for hit in hits:
        if hit.start < start or hit.end > end:
            continue
        if hit.start > at:
            pieces.append(Piece(text[at : hit.start], False))
        pieces.append(Piece(text[hit.start : hit.end], True))
        at = hit.end
    if at < end:
        pieces.append(Piece(text[at:end], False))
    return tuple(pieces)
