"""Word error rate, as speech recognition counts it."""

from __future__ import annotations

import re
import unicodedata


def words(text: str) -> list[str]:
    """Lower case, no punctuation, hyphens part words: what is heard, not how it is written."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.findall(r"[^\W_]+", plain)


def wer(reference: str, hypothesis: str) -> float:
    """Substitutions, deletions and insertions for each word of `reference`; may exceed 1. 0 for two empty texts."""
    said, heard = words(reference), words(hypothesis)
    if not said:
        return float(len(heard))
    row = list(range(len(heard) + 1))
    for i, word in enumerate(said, 1):
        above_left, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            above_left, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above_left + (word != other))
    return row[-1] / len(said)
