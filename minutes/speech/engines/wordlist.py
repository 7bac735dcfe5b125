"""Which words Indonesians write, and how often: wordfreq's list, and the vocabulary of elections.

31,000 words as they stand in texts, inflected ones too (Speer 2022, "rspeer/wordfreq: v3.0"). What a word costs a
search grows with how rare it is, up to what a word costs that is in no list.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache

from minutes.speech.vocabulary import GENERAL, TOPICS

WEIGHT = 0.3
"""Nats that a word costs for each by which it is rarer than `COMMON`."""
COMMON, ABSENT = 1e-4, 1e-8
"""Share of all words from which one costs nothing, and what those in no list are taken for."""
DEAREST = WEIGHT * math.log(COMMON / 1e-6)
"""What a word costs at most that is common: one of a million."""
SPELLING = {"weight": WEIGHT, "common": COMMON, "absent": ABSENT}


@cache
def costs() -> dict[str, float]:
    from wordfreq import get_frequency_dict

    found = {word: _cost(share) for word, share in get_frequency_dict("id").items()}
    return found | dict.fromkeys(words_of([*GENERAL, *(sentence for _, sentence in TOPICS)]), 0.0)


def unknown_cost() -> float:
    return _cost(ABSENT)


def words_of(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in re.findall(r"[^\W\d_]+", text.casefold())]


def _cost(share: float) -> float:
    return WEIGHT * math.log(COMMON / max(ABSENT, min(COMMON, share)))
