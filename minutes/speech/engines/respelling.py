"""A word that is none, a slip away from one that is. PURE.

A small Whisper writes what it hears by the letter, and has read more English than Indonesian: "polanggaran",
"chronologi", "sabelum". Its slips are few: the vowel between two consonants of a prefix is a schwa, which Indonesian
writes e, and o and u, e and i are near; loanwords have kept English letters, old texts their Dutch ones; a nasal or the
last consonant of a word is hard to hear. Of the common words that are the fewest slips away the commonest is meant. Nor
does it always hear where a word ends: "masukandari" is two. For captions only: a line says what was heard.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from minutes.speech.engines.spelling import ENDS_A_SENTENCE
from minutes.speech.ports import Word

# Written in place of.
SLIPS = (
    *(("e", vowel) for vowel in "aiou"),
    *(("u", "o"), ("i", "e")),
    *(("k", each) for each in ("ch", "c", "kh")),
    *(
        ("c", "ch"),
        ("s", "c"),
        ("f", "ph"),
        ("i", "y"),
        ("si", "tion"),
        ("ny", "n"),
        ("ng", "n"),
        ("n", "ng"),
        ("g", "ng"),
    ),
    *(("c", "j"), ("c", "tj"), ("c", "tch"), ("j", "dj"), ("ny", "nj"), ("ny", "j"), ("u", "oe")),
)
LOST = "kgtlr"
"""Consonants that the end of a word may have lost."""
SHORTEST, MOST_SLIPS = 4, 2
NAMED, FOREIGN = 5, 7  # letters with which what may be a name is a slip away, or two: names are shorter
LEAST = 4  # letters of two words that were written as one: shorter ones are what words end with
SIGNS = ",.?!"


class Respelling:
    """`known`: what words cost (`wordlist.costs`), in small letters; only those up to `dearest` are common enough."""

    def __init__(self, known: Mapping[str, float], dearest: float) -> None:
        self._known, self._dearest = known, dearest

    def respelt(self, words: Iterable[Word], opens: bool) -> tuple[Word, ...]:
        """`opens`: they open a sentence. Inside one a capital may be a name's: short ones stay."""
        found: list[Word] = []
        for word in words:
            found += shared(word, self._written(word.text, opens))
            opens = word.text[-1:] in ENDS_A_SENTENCE
        return tuple(found)

    def _written(self, text: str, opens: bool) -> str:
        word = text.strip(SIGNS)
        named = word[:1].isupper() and not opens
        known = word.casefold()
        slips = MOST_SLIPS if not named else (len(word) >= NAMED) + (len(word) >= FOREIGN)
        meant = None if word.isupper() else (None if named else self.two(known)) or self.meant(known, slips)
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


def shared(word: Word, text: str) -> list[Word]:
    """The words of a text in its place, with its time shared out by letters."""
    parts = text.split()
    a_letter = (word.end - word.start) / max(1, sum(map(len, parts)))
    found, at = list[Word](), word.start
    for part in parts:
        found.append(replace(word, text=part, start=at, end=at + a_letter * len(part)))
        at = found[-1].end
    return [*found[:-1], replace(found[-1], end=word.end)] if found else [word]


def _slipped(word: str) -> Iterator[str]:
    for meant, written in SLIPS:
        for at in (found.start() for found in re.finditer(f"(?={written})", word)):
            yield word[:at] + meant + word[at + len(written) :]
    for at in range(1, len(word)):
        if word[at] == word[at - 1]:
            yield word[:at] + word[at + 1 :]
    yield from (word + lost for lost in LOST)
