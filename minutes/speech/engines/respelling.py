"""A word that is none, a slip away from one that is. PURE.

A small Whisper writes what it hears by the letter, and has read more English than Indonesian: "polanggaran",
"chronologi", "sabelum". Its slips are few: the vowel between two consonants of a prefix is a schwa, which Indonesian
writes e; loanwords have kept English letters; a nasal or the last consonant of a word is hard to hear. Of the
common words that are the fewest slips away the commonest is meant. Nor does it always hear where a
word ends: "masukandari" is two. For captions only: what a line says is kept as it was heard.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from minutes.speech.engines.spelling import ENDS_A_SENTENCE
from minutes.speech.ports import Word

# Written in place of.
SLIPS = (
    *(("e", vowel) for vowel in "aou"),
    *(("k", each) for each in ("ch", "c", "kh")),
    *(("c", "ch"), ("s", "c"), ("f", "ph"), ("i", "y"), ("si", "tion"), ("ny", "n"), ("ng", "n"), ("g", "ng")),
)
LOST = "kgtlr"
"""Consonants that the end of a word may have lost."""
SHORTEST, MOST_SLIPS = 5, 2
LEAST = 4  # letters of two words that were written as one: shorter ones are what words end with
SIGNS = ",.?!"


class Respelling:
    """`known`: what words cost (`wordlist.costs`), in small letters; only those up to `dearest` are common enough."""

    def __init__(self, known: Mapping[str, float], dearest: float) -> None:
        self._known, self._dearest = known, dearest

    def respelt(self, words: Iterable[Word], opens: bool) -> tuple[Word, ...]:
        """`opens`: they open a sentence. Inside one a capital may be a name's: there one slip is made good, not two."""
        found: list[Word] = []
        for word in words:
            found += _parted(word, self._written(word.text, opens))
            opens = word.text[-1:] in ENDS_A_SENTENCE
        return tuple(found)

    def _written(self, text: str, opens: bool) -> str:
        word = text.strip(SIGNS)
        named = word[:1].isupper() and not opens
        meant = (None if named else self.two(word.casefold())) or self.meant(
            word.casefold(), 1 if named else MOST_SLIPS
        )
        return text if meant is None else text.replace(word, meant.capitalize() if word[0].isupper() else meant)

    def two(self, word: str) -> str | None:
        """The two common words that it is, the commonest; None for one that is known, or where there are none."""
        if word in self._known or not word.isalpha():
            return None
        pairs = [(word[:at], word[at:]) for at in range(LEAST, len(word) - LEAST + 1)]
        costs = {pair: max(self._known.get(each, self._dearest + 1) for each in pair) for pair in pairs}
        best = min(pairs, key=lambda pair: costs[pair], default=None)
        return " ".join(best) if best is not None and costs[best] <= self._dearest else None

    def meant(self, word: str, slips: int = MOST_SLIPS) -> str | None:
        """The common word that is the fewest slips away; None for one that is known, or where there is none."""
        if word in self._known or len(word) < SHORTEST or not word.isalpha():
            return None
        tried = {word}
        for _ in range(slips):
            tried = {other for each in tried for other in _slipped(each)}
            common = [each for each in tried if self._known.get(each, self._dearest + 1) <= self._dearest]
            if common:
                return min(common, key=lambda each: (self._known[each], each))
        return None


def _parted(word: Word, text: str) -> list[Word]:
    """One or two, with its time shared out by letters."""
    first, _, second = text.partition(" ")
    if not second:
        return [replace(word, text=text)]
    middle = word.start + (word.end - word.start) * len(first) / len(first + second)
    return [replace(word, text=first, end=middle), replace(word, text=second, start=middle)]


def _slipped(word: str) -> Iterator[str]:
    for meant, written in SLIPS:
        for at in (found.start() for found in re.finditer(f"(?={written})", word)):
            yield word[:at] + meant + word[at + len(written) :]
    for at in range(1, len(word)):
        if word[at] == word[at - 1]:
            yield word[:at] + word[at + 1 :]
    yield from (word + lost for lost in LOST)
