"""Words that nobody said. PURE.

1. At the end of a sentence Whisper may go on by itself, often in a loop ("… yang terlalu memiliki masyarakat yang
   terlalu …"). It finds no sound for such words: all of them stand at the same moment. A single word that its alignment
   squeezed to nothing is left alone; nobody says several words in no time.
2. What it cannot make out it may say again and again (`loops`).
3. Where nobody speaks it writes what subtitles say there (`phrases`). Such a phrase is dropped where it is all that
   was heard, or stands behind a pause at the end, and the voice detector heard hardly a voice under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from minutes.speech import phrases
from minutes.speech.loops import unlooped
from minutes.speech.ports import SAMPLE_RATE_HZ, Utterance, Word
from minutes.speech.segmenter import Segment

NO_TIME_S = 0.03
"""A word shorter than this has no sound of its own: of 279 words in rakor-1 one is, no other lasts below 0.05 s."""
IN_A_ROW = 3
PAUSE_S = 0.3
"""Between what was said and a phrase that nobody said."""
LOW = 0.5
"""Speech probability below which a phrase of the list is not believed."""


def spoken(utterance: Utterance, segment: Segment) -> Utterance | None:
    """What of an utterance was said in its segment; None when nothing of it was."""
    words = utterance.words or _untimed(utterance)
    kept = with_voice(unlooped(with_time(words)), segment)
    if len(kept) == len(words):
        return utterance
    if not kept:
        return None
    return replace(utterance, text=" ".join(word.text for word in kept), words=tuple(kept), end=kept[-1].end)


def with_time(words: Sequence[Word]) -> list[Word]:
    """Those without the runs that take no time."""
    kept: list[Word] = []
    run: list[Word] = []
    for word in words:
        if word.end - word.start < NO_TIME_S:
            run.append(word)
            continue
        kept += run if len(run) < IN_A_ROW else []
        kept.append(word)
        run = []
    return kept + (run if len(run) < IN_A_ROW else [])


def with_voice(words: Sequence[Word], segment: Segment, before: float | None = None) -> list[Word]:
    """Those without made-up phrases at the end. `before`: when the word in front of them ended, if there is one."""
    kept = list(words)
    for start in phrases.endings([word.text for word in words]):
        end = words[start - 1].end if start else before
        paused = end is None or words[start].start - end >= PAUSE_S
        begin = segment.start if end is None else round(end * SAMPLE_RATE_HZ)
        if paused and segment.voiced(begin, segment.end) < LOW:
            kept = list(words[:start])
    return kept


def _untimed(utterance: Utterance) -> list[Word]:
    """Of an engine that tells no times of words: each of them is somewhere in all of it."""
    return [Word(text, utterance.start, utterance.end, 1.0) for text in utterance.text.split()]
