"""Words that were heard in two and are one that is known: "di kuti" is "diikuti", "muka nismo" "mekanisme". PURE.

For captions only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from minutes.language.frequencies import common, shares
from minutes.language.passives import PREFIX
from minutes.speech.ports import Word

LEAST = 8  # letters of a word of which both halves sound like something else
SIGNS = ",.?!"


class Joining:
    """`meant`: what a word that is none stands for."""

    def __init__(self, meant: Callable[[str], str | None]) -> None:
        self._meant = meant

    def joined(self, words: Iterable[Word]) -> tuple[Word, ...]:
        found: list[Word] = []
        for word in words:
            one = self._one(found[-1].text, word.text) if found else None
            if one is None:
                found.append(word)
            else:
                found[-1] = replace(found[-1], text=one, end=word.end)
        return tuple(found)

    def _one(self, first: str, second: str) -> str | None:
        """The word that both are, with the signs behind it."""
        rest = second.rstrip(SIGNS)
        if not (first.isalpha() and rest.isalpha()) or first.isupper() or rest.isupper():
            return None
        one = self._whole(first.casefold(), rest.casefold())
        return None if one is None else (one.capitalize() if first[0].isupper() else one) + second[len(rest) :]

    def _whole(self, first: str, second: str) -> str | None:
        strange = [each for each in (first, second) if each not in shares()]
        if first == PREFIX:  # two of the same vowel sound like one
            known = (each for each in (first + second, f"{first}i{second}") if common(each))
            return next(known, None) or self._meant(first + second) if strange else None
        if not strange or len(first + second) < LEAST:
            return None
        if common(first + second):
            return first + second
        return self._meant(first + second) if second in strange and not self._meant(second) else None
