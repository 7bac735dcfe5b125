"""Aligned tokens to words. PURE."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from minutes.speech.engines.runtimes import STAMPS_A_SECOND, Aligned
from minutes.speech.ports import Word

OPENING, CLOSING = "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、"


def placed(texts: Sequence[str], lengths: Sequence[int], aligned: Aligned) -> list[Word]:
    """Pieces of a transcript, each so many tokens long, with the space before them; seconds from the first frame."""
    bounds = np.cumsum([0, *lengths])
    times = aligned.frames[bounds] / STAMPS_A_SECOND
    return [
        Word(text, float(start), float(end), float(np.mean(aligned.probabilities[first:last])))
        for text, first, last, start, end in zip(texts, bounds, bounds[1:], times, times[1:], strict=False)
    ]


def joined(pieces: Sequence[Word]) -> list[Word]:
    """What no space parts is one word: "hak-hak" comes as "hak" and "-hak", a comma by itself."""
    words: list[Word] = []
    for piece in pieces:
        text = piece.text.strip()
        if words and text and not piece.text.startswith(" "):
            words.append(_one(words.pop(), replace(piece, text=text)))
        elif text:
            words.append(replace(piece, text=text))
    return words


def _one(before: Word, behind: Word) -> Word:
    """Signs have no time and no probability of their own."""
    text = before.text + behind.text
    if all(letter in CLOSING for letter in behind.text):
        return replace(before, text=text)
    if all(letter in OPENING for letter in before.text):
        return replace(behind, text=text)
    return Word(text, before.start, behind.end, min(before.probability, behind.probability))
