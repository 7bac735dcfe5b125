"""What was heard, as it is written. PURE.

Every word heard is in exactly one piece, in order; what no rule knows is left as it is. The first rule that finds
something at a place has it, so that a regulation is read before the number in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from minutes.language import amounts, calendar, law, letters, mishearings, passives
from minutes.language.rules import Found, Rule
from minutes.language.tokens import Tokens

WORDS: tuple[Rule, ...] = (mishearings.misheard, mishearings.dated, passives.passive, passives.agent)
"""Those that put words right, and leave numbers and regulations as they are said."""
RULES: tuple[Rule, ...] = (
    law.regulation,
    law.reference,
    *WORDS,
    calendar.clock,
    calendar.date,
    calendar.month,
    calendar.year,
    amounts.percent,
    amounts.money,
    amounts.nomor,
    letters.acronym,
    amounts.plain,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """The words from `first` to `end` (not included), as they are written."""

    first: int
    end: int
    text: str


def pieces(words: Sequence[str], rules: Sequence[Rule] = RULES) -> tuple[Piece, ...]:
    """`words` as they were heard, with their punctuation and without space."""
    tokens, found, at = Tokens(words), [], 0
    while at < len(tokens):
        piece = _piece(tokens, at, rules)
        found.append(piece)
        at = piece.end
    return tuple(found)


def written(text: str) -> str:
    """A whole text; its words are parted by single spaces."""
    return " ".join(piece.text for piece in pieces(text.split()))


def _piece(tokens: Tokens, at: int, rules: Sequence[Rule]) -> Piece:
    for rule in rules:
        if (found := rule(tokens, at)) is not None:
            return Piece(at, found.end, _framed(tokens, at, found))
    return Piece(at, at + 1, tokens[at].raw)


def _framed(tokens: Tokens, at: int, found: Found) -> str:
    """With what stood before the first word and after the last, and a capital where one was."""
    first, last, text = tokens[at], tokens[found.end - 1], found.text
    if first.raw[len(first.lead) : len(first.lead) + 1].isupper():
        text = text[0].upper() + text[1:]
    trail = last.trail.removeprefix(")") if text.endswith(")") else last.trail
    return f"{first.lead}{text}{trail}"
