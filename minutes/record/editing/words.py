"""Words that a person typed, confirmed or blackened, among those of a machine. PURE.

Words are dictionaries as in `Line.words`. They are never changed, only replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

REDACTED = "[dihitamkan]"
INAUDIBLE = "(suara tidak jelas)"
UNSURE = 0.5  # as good as no probability at all
Word = dict[str, Any]
Words = tuple[Word, ...]


def typed(text: str, start: float, end: float) -> Word:
    return {"text": text, "start": start, "end": end, "probability": 1.0, "by": "hand"}


def blackened(start: float, end: float) -> Word:
    return {"text": REDACTED, "start": start, "end": end, "probability": 1.0, "redacted": True}


def confirmed(word: Word) -> Word:
    """What is blackened cannot be listened to."""
    return word if is_redacted(word) else {**word, "checked": True}


def untold(text: str, start: float, end: float) -> Word:
    """Of which no engine said how sure it was."""
    return {"text": text, "start": start, "end": end, "probability": UNSURE}


def is_redacted(word: Word) -> bool:
    return bool(word.get("redacted"))


def spread(tokens: Sequence[str], start: float, end: float) -> Iterator[tuple[str, float, float]]:
    """Tokens over a stretch of time, each as long as it is written; to the millisecond, in order and inside it."""
    whole, before = sum(map(len, tokens)), 0
    at = start
    for token in tokens:
        before += len(token)
        until = end if before == whole else min(max(round(start + (end - start) * before / whole, 3), at), end)
        yield token, at, until
        at = until
