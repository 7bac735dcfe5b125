"""A line's words after somebody has typed in it: what stays keeps its times, what is new stands between. PURE."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from minutes.record.editing.words import REDACTED, Word, is_redacted, spread, typed
from minutes.record.errors import RedactionStays

T = TypeVar("T")


def realigned(words: Sequence[Word], tokens: Sequence[str], start: float, end: float) -> list[Word]:
    """Words that say `tokens`. `start`, `end`: of the line, in meeting seconds.

    Raises `RedactionStays` unless as much is blackened among the tokens as before: only undoing takes that away.
    """
    black = [word for word in words if is_redacted(word)]
    old, new = _parted(words, is_redacted), _parted(tokens, lambda token: token == REDACTED)
    if len(old) != len(new):
        raise RedactionStays
    since = [start, *(word["end"] for word in black)]
    until = [*(word["start"] for word in black), end]
    made = _matched(old[0], new[0], since[0], until[0])
    for at, word in enumerate(black, 1):
        made += [word, *_matched(old[at], new[at], since[at], until[at])]
    return made


def _parted(items: Sequence[T], parts: Callable[[T], bool]) -> list[list[T]]:
    """The stretches between items that part them: one more than there are of these."""
    stretches: list[list[T]] = [[]]
    for item in items:
        if parts(item):
            stretches.append([])
        else:
            stretches[-1].append(item)
    return stretches


def _matched(words: Sequence[Word], tokens: Sequence[str], start: float, end: float) -> list[Word]:
    made: list[Word] = []
    word = token = 0  # the first that are not dealt with
    for stays, first, last in [*_staying(words, tokens), (len(words), len(tokens), len(tokens))]:
        since = made[-1]["end"] if made else start
        until = words[stays]["start"] if stays < len(words) else end
        made += _instead(words[word:stays], tokens[token:first], min(since, until), until)
        made += words[stays : stays + 1]
        word, token = stays + 1, last
    return made


def _staying(words: Sequence[Word], tokens: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Words that stand among the tokens whole, and from where to where; some are written as several ("Pasal 5")."""
    old = [(token, at) for at, word in enumerate(words) for token in word["text"].split()]
    found: dict[int, list[int]] = {at: [] for at in range(len(words))}
    matcher = SequenceMatcher(None, [token for token, _ in old], tokens, autojunk=False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            found[old[block.a + step][1]].append(block.b + step)
    for at, places in found.items():
        wanted = len(words[at]["text"].split())
        if places and len(places) == wanted == places[-1] - places[0] + 1:
            yield at, places[0], places[-1] + 1


def _instead(words: Sequence[Word], tokens: Sequence[str], start: float, end: float) -> list[Word]:
    """Typed words in the place of others: at their times one by one, else over all of their time, or over the gap."""
    if len(words) == len(tokens):
        return [typed(token, word["start"], word["end"]) for token, word in zip(tokens, words, strict=True)]
    if words:
        start, end = words[0]["start"], min(max(word["end"] for word in words), end)
    return [typed(*each) for each in spread(tokens, start, max(start, end))]
