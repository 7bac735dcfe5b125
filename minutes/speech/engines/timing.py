"""Where words stand, when an alignment has given them the silence around them as well. PURE."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from minutes.speech.ports import Word

MOST_S = 0.7  # of a usual word
SLACK_S = 0.5  # the bounds that Whisper tells are no better
PAUSES = ".,;:!?"


def trimmed(words: Sequence[Word], bounds: tuple[float, float] | None = None) -> list[Word]:
    """Words as they are, but for those beside a pause that are longer than two usual ones: these lose the pause.

    `bounds`: seconds between which something was said, as the model tells; the first and the last word keep to them.
    """
    found = list(words)
    lasting = [word.end - word.start for word in found if word.end > word.start]
    if not lasting:
        return found
    usual = min(median(lasting), MOST_S)
    if bounds is not None:
        found[0] = _from(found[0], bounds[0], usual)
        found[-1] = _to(found[-1], bounds[1], usual)
    for number, word in enumerate(found):
        if word.end - word.start <= 2 * usual:
            continue
        if number == len(found) - 1:
            found[number] = replace(word, end=word.start + 2 * usual)
        elif number == 0 or found[number - 1].text[-1] in PAUSES:
            found[number] = replace(word, start=word.end - 2 * usual)
        elif word.text[-1] in PAUSES:
            found[number] = replace(word, end=word.start + 2 * usual)
    return found


def _from(word: Word, start: float, usual: float) -> Word:
    if word.start + SLACK_S < start < word.end:
        return replace(word, start=max(word.start, min(start, word.end - usual)))
    return word


def _to(word: Word, end: float, usual: float) -> Word:
    if word.start < end < word.end - SLACK_S:
        return replace(word, end=min(word.end, max(end, word.start + usual)))
    return word
