"""A text as rules look at it: its words alone, lower case, and the way back to the characters they stand for. PURE.

Recognisers set commas and full stops nearly at random, so no rule rests on them; what is quoted is cut from the text
itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

_BROKEN = re.compile(r"\s*\n\s*\|")
_WORD = re.compile(r"\d+(?:[.,:/]\d+)+|[^\W_]+(?:['’/-][^\W_]+)*")


class Reading:
    """`plain` is what the patterns of rules are matched with: words parted by single spaces."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found = [(match.start(), match.end(), match[0].casefold()) for match in _WORD.finditer(text)]
        self.words = tuple(word for _, _, word in self._found)
        self.plain = " ".join(self.words)

    @cached_property
    def _places(self) -> dict[int, int]:
        """Where a word begins in `plain`, to which word it is."""
        places, at = {}, 0
        for number, word in enumerate(self.words):
            places[at] = number
            at += len(word) + 1
        return places

    def start(self, plain_at: int) -> int:
        """The character of the text at which the word begins that begins at `plain_at`; beyond the last: the end."""
        number = self._places.get(plain_at)
        return self._found[number][0] if number is not None else len(self.text)

    def end(self, plain_at: int) -> int:
        """The character of the text behind the word that ends before `plain_at`."""
        ended = (end for start, end, _ in reversed(self._found) if self._ends[start] <= plain_at)
        return next(ended, 0)

    @cached_property
    def _ends(self) -> dict[int, int]:
        ends, at = {}, 0
        for start, _, word in self._found:
            at += len(word)
            ends[start] = at
            at += 1
        return ends


def plain(text: str) -> str:
    return Reading(text).plain


def either(phrases: str) -> str:
    """A pattern of any of these as whole words: each a pattern itself, parted by "/".

    Lines may be broken at any space that is meant, and in front of "|".
    """
    joined = _BROKEN.sub("|", phrases)
    return rf"(?<!\S)(?:{'|'.join(' '.join(each.split()) for each in joined.split('/'))})(?!\S)"


def overlap(one: Iterable[str], other: Iterable[str]) -> float:
    """How much of the smaller set of words is in the other, 0 to 1."""
    first, second = set(one), set(other)
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0
