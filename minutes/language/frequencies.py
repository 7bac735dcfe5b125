"""How often Indonesians write a word: wordfreq's list, 31,000 words as they stand in texts, inflected ones too.

Speer 2022, "rspeer/wordfreq: v3.0".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

COMMON = 1e-6
"""Share of all words from which one is common."""


@cache
def shares() -> Mapping[str, float]:
    """Of all words, by the word in small letters."""
    from wordfreq import get_frequency_dict

    found: dict[str, float] = get_frequency_dict("id")
    return found


def common(word: str) -> bool:
    return shares().get(word, 0.0) >= COMMON
