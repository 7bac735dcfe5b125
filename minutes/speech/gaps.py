"""Where somebody spoke and no word stands. PURE.

Under noise, or when an utterance is long, Whisper ends early or leaps over a sentence. The voice detector knows better:
a stretch of clear voice without a word is worth hearing by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from minutes.speech.ports import SAMPLE_RATE_HZ, Word
from minutes.speech.segmenter import WINDOW, Segment

CLEAR = 0.5
"""Speech probability of a window that counts as voice."""
VOICED_S = 1.0
"""Seconds of voice without a word that are worth it: two words."""
AROUND_S = 0.1
"""Seconds on both sides that are heard with it."""


def unheard(segment: Segment, words: Sequence[Word]) -> list[Segment]:
    """The parts of a segment in which somebody spoke and none of these words stands, in order; never all of it."""
    if not words:
        return []
    ends = [segment.start, *(round(word.end * SAMPLE_RATE_HZ) for word in words)]
    starts = [*(round(word.start * SAMPLE_RATE_HZ) for word in words), segment.end]
    parts = (_part(segment, end, start) for end, start in zip(ends, starts, strict=True))
    return [part for part in parts if _voiced(part) >= VOICED_S]


def _part(segment: Segment, start: int, end: int) -> Segment:
    """In whole windows."""
    around = round(AROUND_S * SAMPLE_RATE_HZ)
    first = max(0, start - around - segment.start) // WINDOW
    last = min(len(segment.samples), max(0, end + around - segment.start)) // WINDOW
    samples = segment.samples[first * WINDOW : last * WINDOW]
    return Segment(segment.start + first * WINDOW, samples, segment.probabilities[first:last])


def _voiced(part: Segment) -> float:
    return sum(each >= CLEAR for each in part.probabilities) * WINDOW / SAMPLE_RATE_HZ
