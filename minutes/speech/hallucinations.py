"""Words that nobody said. PURE.

At the end of a sentence Whisper may go on by itself, often in a loop ("… yang terlalu memiliki masyarakat yang terlalu
…"). It finds no sound for such words: all of them stand at the same moment. A single word that its alignment squeezed
to nothing is left alone; nobody says several words in no time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from minutes.speech.ports import Utterance, Word

NO_TIME_S = 0.03
"""A word shorter than this has no sound of its own: of 279 words in rakor-1 one is, no other lasts below 0.05 s."""
IN_A_ROW = 3


def spoken(utterance: Utterance) -> Utterance | None:
    """The utterance without runs of words that take no time; None when nothing is left. Without words: as it is."""
    kept = with_time(utterance.words)
    if len(kept) == len(utterance.words):
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
