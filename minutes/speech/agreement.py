"""Which words of somebody who is still speaking will stay. PURE.

LocalAgreement-2 (Liu, Spanakis, Niehues 2020, "Low-Latency Sequence-to-Sequence Speech Recognition and Translation by
Partial Hypothesis Selection"): what two looks in a row begin with is settled, the rest is open. The sound's end is not
trusted: a word that reaches into it may be half a word. Settled words may be heard otherwise for a while: what is said
behind a word decides what it was.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import takewhile

from minutes.speech.ports import Word

ALIKE_S = 0.3
"""By which the end of the same word may differ from look to look."""


class Agreement:
    """Words of one utterance, in meeting time; `open` is what the last look found behind the settled ones."""

    def __init__(self, settled: Sequence[Word] = ()) -> None:
        self.settled: list[Word] = list(settled)
        self.open: tuple[Word, ...] = ()
        self._last: tuple[Word, ...] = tuple(settled)

    def certain(self, until: float) -> list[Word]:
        """The settled words that end by then, with which the next look may begin."""
        return list(takewhile(lambda word: word.end <= until, self.settled))

    def take(self, found: Sequence[Word], trusted: float, due: float = -math.inf, certain: int | None = None) -> None:
        """`found`: what a look found behind the first `certain` (all where it is None) of the settled words, in place
        of the others; `trusted`: where the sound's end begins, in seconds; `due`: words that end by then are settled as
        they are, for a word on which no two looks agree would keep all behind it open.

        What a look leaves out stays: where it did not hear as far as words are settled, it is of no use for them.
        """
        kept = self.settled if certain is None else self.settled[:certain]
        begins = kept[-1].end if kept else -math.inf
        reached = self.settled[-1].end if self.settled else -math.inf
        agreed = self._agreed([word for word in self._last if _middle(word) > begins], found, trusted)
        while agreed < len(found) and (found[agreed].end <= due or _middle(found[agreed]) <= reached):
            agreed += 1
        if (found[agreed - 1].end if agreed else begins) >= reached - ALIKE_S:
            self.settled, self.open = [*kept, *found[:agreed]], tuple(found[agreed:])
        else:
            self.open = tuple(word for word in found if _middle(word) > reached)
        self._last = tuple(found)

    @staticmethod
    def _agreed(before: Sequence[Word], found: Sequence[Word], trusted: float) -> int:
        pairs = zip(before, found, strict=False)
        return sum(
            1 for _ in takewhile(lambda pair: _plain(pair[0]) == _plain(pair[1]) and pair[1].end <= trusted, pairs)
        )


def _middle(word: Word) -> float:
    return (word.start + word.end) / 2


def _plain(word: Word) -> str:
    """As it is heard: case and punctuation come and go with what follows."""
    return "".join(re.findall(r"\w+", word.text.casefold()))
