"""Which words of somebody who is still speaking will stay. PURE.

LocalAgreement-2 (Liu, Spanakis, Niehues 2020, "Low-Latency Sequence-to-Sequence Speech Recognition and Translation by
Partial Hypothesis Selection"): what two looks in a row begin with is settled, the rest is open. The sound's end is not
trusted: a word that reaches into it may be half a word.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from minutes.speech.ports import Word


class Agreement:
    """Words of one utterance, in meeting time. `settled` only grows, `open` is what the last look found behind it."""

    def __init__(self, settled: Sequence[Word] = ()) -> None:
        self.settled: list[Word] = list(settled)
        self.open: tuple[Word, ...] = ()

    def take(self, found: Sequence[Word], trusted: float, due: float = -math.inf) -> None:
        """`found`: what a look found behind the settled words; `trusted`: where the sound's end begins, in seconds;
        `due`: words that end by then are settled as they are, for a word on which no two looks agree would keep all
        behind it open.
        """
        agreed = 0
        for before, now in zip(self.open, found, strict=False):
            if _plain(before) != _plain(now) or now.end > trusted:
                break
            agreed += 1
        while agreed < len(found) and found[agreed].end <= due:
            agreed += 1
        self.settled += found[:agreed]
        self.open = tuple(found[agreed:])


def _plain(word: Word) -> str:
    """As it is heard: case and punctuation come and go with what follows."""
    return "".join(re.findall(r"\w+", word.text.casefold()))
