"""What a draft heard, as captions show it: slips made good, parts joined, known mishearings written right. PURE.

What a line says is kept as it was heard, and written by `minutes.language` when it is stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from minutes.language.writing import WORDS, pieces
from minutes.speech.engines.joining import Joining
from minutes.speech.engines.respelling import Respelling, shared
from minutes.speech.engines.spelling import ENDS_A_SENTENCE
from minutes.speech.engines.wordlist import DEAREST, costs
from minutes.speech.ports import Word

SEEN = 2
"""Words before that rules look at."""


class Captioning:
    def __init__(self) -> None:
        self._respelling = Respelling(costs(), DEAREST)
        self._joining = Joining(self._respelling.meant)

    def written(self, words: Sequence[Word], before: str) -> tuple[Word, ...]:
        """`before`: the text that they follow."""
        opens = not before or before[-1] in ENDS_A_SENTENCE
        return _corrected(self._respelling.respelt(self._joining.joined(words), opens), before.split()[-SEEN:])


def _corrected(words: Sequence[Word], before: Sequence[str]) -> tuple[Word, ...]:
    found: list[Word] = []
    known = len(before)
    for piece in pieces([*before, *(word.text for word in words)], WORDS):
        heard = words[max(0, piece.first - known) : max(0, piece.end - known)]
        if piece.first < known or piece.text == " ".join(word.text for word in heard):
            found += heard
        else:
            whole = replace(heard[0], end=heard[-1].end, probability=min(word.probability for word in heard))
            found += shared(whole, piece.text)
    return tuple(found)
