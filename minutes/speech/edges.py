"""Where what was said begins and ends. PURE.

Whisper's attention finds a word to a few tenths of a second, and another time elsewhere; a voice detector finds where
a voice begins and ends to a window or two, and always there. So the first word of an utterance begins with the voice
that is nearest to it, and the last one ends so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from minutes.speech.ports import SAMPLE_RATE_HZ, Utterance, Word
from minutes.speech.segmenter import WINDOW, Segment

VOICE = 0.5
"""Speech probability from which a window counts as voice."""
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
    """Seconds of meeting time at which voice begins and ends inside the segment, not where the segment was cut."""
    voice = np.array([False, *(each >= VOICE for each in segment.probabilities), False]).astype(int)
    turns = np.diff(voice)
    start, last = segment.start / SAMPLE_RATE_HZ, len(segment.probabilities)
    begins = [start + float(at) * WINDOW / SAMPLE_RATE_HZ for at in np.flatnonzero(turns > 0) if at > 0]
    ends = [start + float(at) * WINDOW / SAMPLE_RATE_HZ for at in np.flatnonzero(turns < 0) if at < last]
    return begins, ends


def _nearest(places: Sequence[float], to: float, fits: Callable[[float], bool]) -> float:
    near = [place for place in places if abs(place - to) <= REACH_S and fits(place)]
    return min(near, key=lambda place: abs(place - to), default=to)


def _with(words: Sequence[Word], start: float, end: float) -> tuple[Word, ...]:
    first, *others = words
    found = [replace(first, start=start), *others]
    return (*found[:-1], replace(found[-1], end=end))
