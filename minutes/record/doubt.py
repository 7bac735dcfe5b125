"""How likely each word of a line is wrong, so that a person looks at the doubtful ones first. PURE.

A recogniser's probability of a word ranks wrong words only fairly: what it mishears it often is sure of. Two more
signs are cheap and independent of the engine: whether it is a word at all, and how sure the whole line is.
The chance is that of a logistic regression on the three; `make bench-doubt` makes its figures again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Known = Callable[[str], bool]
"""Whether a text consists of words of the language."""

# Fitted by `make bench-doubt` to what Whisper base hears of rakor-1: quiet, with pink noise at 20 dB, and with white
# noise at 10 dB. 816 words of four speakers, 184 of them wrong.
BASE = -0.69
UNLIKELY = 0.68  # for each unit of the word's log odds
UNLIKELY_LINE = 0.9  # for each unit of the log odds of the mean of the line's words
UNKNOWN = 4.07
LEAST = 0.005  # of a probability and of what lacks to 1: nobody is surer
DOUBTFUL = 0.2
"""Words at least this likely to be wrong are shown as doubtful: 8 of 100 of rakor-1 in quiet, and with them 61 of 100
wrong ones."""


def settled(word: Mapping[str, Any]) -> bool:
    """Whether a person typed it, has listened and confirmed it, or blackened it: then nobody need look there again."""
    return word.get("by") == "hand" or bool(word.get("checked")) or bool(word.get("redacted"))


def chances(words: Sequence[Mapping[str, Any]], known: Known) -> tuple[float, ...]:
    """Of each word of a line as it is kept ({text, probability}, and `heard` where it was heard otherwise), 0 to 1."""
    heard = [word["probability"] for word in words if word.get("by") != "hand" and not word.get("redacted")]
    line = _of_line(sum(heard) / len(heard) if heard else 1.0)
    return tuple(
        0.0 if settled(word) else _chance(word["probability"], line, known(word.get("heard") or word["text"]))
        for word in words
    )


def chance(probability: float, line: float, is_known: bool) -> float:
    """`line`: the mean probability of all words of the word's line."""
    return _chance(probability, _of_line(line), is_known)


def _of_line(line: float) -> float:
    """What all words of a line have in common."""
    return BASE - UNLIKELY_LINE * log_odds(line)


def _chance(probability: float, of_line: float, is_known: bool) -> float:
    odds = of_line - UNLIKELY * log_odds(probability) + (0.0 if is_known else UNKNOWN)
    return 1 / (1 + math.exp(-odds))


def log_odds(probability: float) -> float:
    held = min(max(probability, LEAST), 1 - LEAST)
    return math.log(held / (1 - held))
