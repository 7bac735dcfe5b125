"""Where what was said begins and ends. PURE.

Whisper's attention finds a word to a few tenths of a second, and another time elsewhere; a voice detector finds where
a voice begins and ends to a window or two, and always there. So the first word of an utterance begins with the voice
that is nearest to it, and the last one ends so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from minutes.speech.loudness import VOICE
from minutes.speech.ports import SAMPLE_RATE_HZ, Utterance, Word
from minutes.speech.segmenter import WINDOW, Segment

QUIET = 6
"""Windows of a silence."""
REACH_S = 0.6
"""By which a word may stand elsewhere than its voice."""


def edged(said: Utterance, segment: Segment) -> Utterance:
    """Unchanged where there are no words, or no voice begins or ends near by."""
    if not said.words:
        return said
    begins, ends = _edges(segment)
    first = said.words[0]
    start = _nearest(begins, first.start, lambda at: at < first.end)
    last = replace(first, start=start) if len(said.words) == 1 else said.words[-1]
    end = _nearest(ends, last.end, lambda at: at > last.start)
    words = _with(said.words, start, end)
    return replace(said, start=start, end=max(end, *(word.end for word in words)), words=words)


def _edges(segment: Segment) -> tuple[list[float], list[float]]:
    """Seconds of meeting time at which voice begins behind a silence, and ends before one: where a long utterance was
    cut, whoever goes on has heard less, and would find another place."""
    voice = np.array([each >= VOICE for each in segment.probabilities])
    start, count = segment.start / SAMPLE_RATE_HZ, len(voice)
    begins = [at for at in range(QUIET, count) if voice[at] and not voice[at - QUIET : at].any()]
    ends = [at for at in range(1, count - QUIET + 1) if voice[at - 1] and not voice[at : at + QUIET].any()]
    return _seconds(start, begins), _seconds(start, ends)


def _seconds(start: float, places: Sequence[int]) -> list[float]:
    return [start + at * WINDOW / SAMPLE_RATE_HZ for at in places]


def _nearest(places: Sequence[float], to: float, fits: Callable[[float], bool]) -> float:
    near = [place for place in places if abs(place - to) <= REACH_S and fits(place)]
    return min(near, key=lambda place: abs(place - to), default=to)


def _with(words: Sequence[Word], start: float, end: float) -> tuple[Word, ...]:
    first, *others = words
    found = [replace(first, start=start), *others]
    return (*found[:-1], replace(found[-1], end=end))
