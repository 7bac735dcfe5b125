"""What it costs a search to write a word: those that are common, or of the vocabulary of elections, cost nothing.

It grows with how rare a word is, up to what one costs that is in no list.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache

from minutes.language.frequencies import COMMON, shares
from minutes.language.mishearings import FORMS
from minutes.language.names import NAMES
from minutes.speech.vocabulary import GENERAL, TERMS, TOPICS

WEIGHT = 0.3
"""Nats that a word costs for each by which it is rarer than `FREE`."""
FREE, ABSENT = 1e-4, 1e-8
"""Share of all words from which one costs nothing, and what those in no list are taken for."""
DEAREST = WEIGHT * math.log(FREE / COMMON)
"""What a word costs at most that is common."""
SPELLING = {"weight": WEIGHT, "common": FREE, "absent": ABSENT}


@cache
def costs() -> dict[str, float]:
    said = [*GENERAL, *(sentence for _, sentence in TOPICS), TERMS, *FORMS.values(), *map(" ".join, NAMES)]
    return {word: _cost(share) for word, share in shares().items()} | dict.fromkeys(words_of(said), 0.0)


def unknown_cost() -> float:
    return _cost(ABSENT)


def words_of(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in re.findall(r"[^\W\d_]+", text.casefold())]


def _cost(share: float) -> float:
    return WEIGHT * math.log(FREE / max(ABSENT, min(FREE, share)))
