"""What it costs a search to write a word that is none. PURE.

A small Whisper writes what it hears by the letter: "trima", "elektroni", "polanggaran". A word that is in no list costs
its search a little, so that a known one that sounds nearly as likely wins; a clear one stays as it was heard. The cost
is told as soon as no known word begins so (language model look-ahead; Ortmanns, Ney and Eiden 1996, "Language-model
look-ahead for large vocabulary speech recognition"), or the right spelling is given up before the wrong one ends.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass

UNREADABLE = "\ufffd"  # bytes that are no letter yet
ENDS_A_SENTENCE = ".?!"


@dataclass(frozen=True, slots=True)
class Writing:
    """What stands behind some tokens, in logs of probability."""

    word: str = ""
    """So far."""
    owed: float = 0.0
    """What the likeliest end of it costs."""
    paid: float = 0.0
    """For all words before."""
    opens: bool = True
    """Whether the word opens a sentence, and has a capital for that."""

    @property
    def cost(self) -> float:
        return self.paid + self.owed


NOTHING = Writing()


class Spelling:
    """`known`: what words cost, in small letters; `unknown`: what any other costs. `text`: what a token writes, with
    the space before it; nothing for stamps and the end, which end a word as well."""

    def __init__(self, known: Mapping[str, float], unknown: float, text: Callable[[int], str]) -> None:
        self._unknown, self._text = unknown, text
        self._known: MutableMapping[str, float] = dict(known)
        self._begins: MutableMapping[str, float] = _begins(known)

    def knowing(self, words: Iterable[str]) -> Spelling:
        """And these, which cost nothing."""
        more = dict.fromkeys((word.casefold() for word in words), 0.0)
        found = Spelling({}, self._unknown, self._text)
        found._known, found._begins = ChainMap(more, self._known), ChainMap(_begins(more), self._begins)
        return found

    def after(self, before: Writing, token: int) -> Writing:
        text = self._text(token)
        now = before if text else self._ended(before)
        for letter in text:
            now = self._written(now, letter)
        return Writing(now.word, self._owed(now), now.paid, now.opens)

    def _written(self, now: Writing, letter: str) -> Writing:
        if letter.isalnum() or letter == UNREADABLE:
            return Writing(now.word + letter, now.owed, now.paid, now.opens)
        ended = self._ended(now)
        return Writing("", 0.0, ended.paid, True) if letter in ENDS_A_SENTENCE else ended

    def _ended(self, now: Writing) -> Writing:
        if not now.word:
            return now
        cost = 0.0 if _free(now) else self._known.get(now.word.casefold(), self._unknown)
        return Writing("", 0.0, now.paid + cost, False)

    def _owed(self, now: Writing) -> float:
        return 0.0 if not now.word or _free(now) else self._begins.get(now.word.casefold(), self._unknown)


def _free(now: Writing) -> bool:
    """Names, abbreviations and numbers: they are in no list."""
    word = now.word
    named = word[0].isupper() and not now.opens
    return named or not word.isalpha() or (len(word) > 1 and word.isupper())


def _begins(known: Mapping[str, float]) -> dict[str, float]:
    """What the cheapest word costs that begins so."""
    found: dict[str, float] = {}
    for word, cost in sorted(known.items(), key=lambda each: -each[1]):
        found.update(dict.fromkeys((word[:end] for end in range(1, len(word) + 1)), cost))
    return found
