"""Where somebody spoke and no word stands. PURE.

Under noise, or when an utterance is long, Whisper ends early or leaps over a sentence. The voice detector knows better:
a stretch of clear voice without a word is worth hearing by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from minutes.speech.phrases import plain
from minutes.speech.ports import SAMPLE_RATE_HZ, Utterance, Word
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
    around = round(AROUND_S * SAMPLE_RATE_HZ)
    between = zip(ends, starts, strict=True)
    worth = ((end, start) for end, start in between if segment.talk(end, start, CLEAR) >= VOICED_S)
    return [_part(segment, end - around, start + around) for end, start in worth]


def _part(segment: Segment, start: int, end: int) -> Segment:
    """In whole windows."""
    first = max(0, start - segment.start) // WINDOW
    last = max(0, min(len(segment.samples), end - segment.start)) // WINDOW
    samples = segment.samples[first * WINDOW : last * WINDOW]
    return Segment(segment.start + first * WINDOW, samples, segment.probabilities[first:last])


def filled(utterance: Utterance, missed: Sequence[Utterance | None]) -> Utterance:
    """The utterance with the words that stand where none of its own did; where they meet, its own stay."""
    found = [word for part in missed if part is not None for word in part.words]
    more = [word for word in found if not any(_same(word, own) for own in utterance.words)]
    if not more:
        return utterance
    words = sorted([*utterance.words, *more], key=lambda word: word.start)
    text = " ".join(word.text for word in words)
    return replace(utterance, start=words[0].start, end=max(word.end for word in words), text=text, words=tuple(words))


def _same(word: Word, own: Word) -> bool:
    """Is it the same sound? A part begins a little early, so words may touch; what touches and says the same is."""
    touches = word.start < own.end and own.start < word.end
    return touches and (own.start < (word.start + word.end) / 2 < own.end or plain(word.text) == plain(own.text))
