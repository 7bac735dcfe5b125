"""Loops: what Whisper says again and again where it cannot make out what was said. PURE.

"Kecepatan, kecepatan, kecepatan, …" until its tokens are spent. Nobody says a few words five times in a row, so they
stay once. A word that repeats a part of itself three times or more ("kami-kami-kami-ka") goes: Indonesian doubles.
"""

from __future__ import annotations

from collections.abc import Sequence

from minutes.speech.phrases import plain
from minutes.speech.ports import Word

TIMES = 5
LONGEST = 8  # words that come again
PARTS = 4


def unlooped(words: Sequence[Word]) -> list[Word]:
    """Those without what comes again."""
    said = [word for word in words if not _stutters(word.text)]
    heard = [plain(word.text) for word in said]
    kept: list[Word] = []
    at = 0
    while at < len(said):
        length, end = _loop(heard, at)
        kept += said[at : at + length]
        at = end
    return kept


def _loop(heard: Sequence[str], start: int) -> tuple[int, int]:
    """How many words come again from `start` on, and where that is over; where none does, the word alone."""
    for length in range(1, LONGEST + 1):
        end = start + length
        while end < len(heard) and heard[end] == heard[end - length]:
            end += 1
        if end - start >= TIMES * length:
            cut_off = end == len(heard) - 1 and heard[end - length].startswith(heard[end])
            return length, end + cut_off
    return 1, start + 1


def _stutters(text: str) -> bool:
    parts = [plain(part) for part in text.split("-")]
    return len(parts) >= PARTS and max(parts.count(part) for part in parts) >= PARTS - 1
