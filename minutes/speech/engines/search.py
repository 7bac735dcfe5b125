"""What Whisper writes, token by token: beam search and sampling under its rules for time stamps. PURE.

Rules as in openai-whisper's decoding.py: a transcript begins with a stamp; text stands between stamps, which come in
pairs and never go back; where all stamps together are likelier than every other token, a stamp follows. Probabilities
are of what is allowed. A beam search weighs how words are spelt as well (`spelling`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
import numpy.typing as npt

from minutes.speech.engines.runtimes import Floats
from minutes.speech.engines.spelling import NOTHING, Writing


@dataclass(frozen=True, slots=True)
class Told:
    """What a model says of the token that follows, as logits."""

    scores: Floats  # of the likeliest text tokens, the likeliest first
    tokens: npt.NDArray[np.int64]  # these
    total: float  # log of the sum of the exponentials of all text tokens
    end: float
    stamps: Floats


@dataclass(frozen=True, slots=True)
class Rules:
    end: int
    first_stamp: int  # stamps are numbered on from here, text ends before `end`
    latest: int  # the last stamp with which a transcript may begin
    least: int = 0
    """Text tokens before which it does not end."""
    starts: frozenset[int] | None = None
    """Where known text stands in front: the text tokens with which a word may begin."""
    spelt: Callable[[Writing, int], Writing] = lambda before, token: before
    """How words are written when a token follows."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    node: int
    """Of the last token, as whoever steps the model numbers them."""
    told: Told
    """What may follow."""
    tokens: tuple[int, ...] = ()  # without the end
    score: float = 0.0  # log probability, with the end
    writing: Writing = NOTHING

    @property
    def mean(self) -> float:
        """Log probability of a token, the end among them."""
        return self.score / (len(self.tokens) + 1)

    @property
    def worth(self) -> float:
        """The same, less what its spelling costs."""
        return (self.score - self.writing.cost) / (len(self.tokens) + 1)


Pairs = Sequence[tuple[int, int]]
"""Nodes, and a token that follows each."""
Follows = Sequence[tuple[int, Told]]
"""The nodes of these tokens, and what may follow them."""
Searching = Generator[Pairs, Follows, Hypothesis]
"""A search asks for a step, is sent what it found, and returns the best in the end."""
Choice = tuple[float, Hypothesis, int]
"""The score that a hypothesis has when this token follows it."""
Spelt = tuple[Choice, Writing]


def together(
    searches: Sequence[Searching], step: Callable[[Mapping[int, Pairs]], Mapping[int, Follows]]
) -> list[Hypothesis]:
    """All in step: each `step` is told what the searches ask that are not over, by their number."""
    results: dict[int, Hypothesis] = {}
    follows: Mapping[int, Follows | None] = dict.fromkeys(range(len(searches)))
    while follows:
        asked: dict[int, Pairs] = {}
        for at, found in follows.items():
            try:
                asked[at] = searches[at].send(found) if found is not None else next(searches[at])
            except StopIteration as over:
                results[at] = over.value
        follows = step(asked) if asked else {}
    return [results[at] for at in range(len(searches))]


def beam_search(first: Hypothesis, rules: Rules, beam: int, enough: int, most: int) -> Searching:
    """The likeliest of the first `enough` that are finished; of the open ones after `most` tokens where none is."""
    live, finished = [first], list[Hypothesis]()
    for _ in range(most):
        goes_on: list[Spelt] = []
        for choice, writing in _likeliest(live, rules, 2 * beam):
            score, before, token = choice
            if token == rules.end:
                finished.append(Hypothesis(before.node, before.told, before.tokens, score, writing))
            else:
                goes_on.append((choice, writing))
            if len(goes_on) == beam:
                break
        if len(finished) >= enough or not goes_on:
            break
        live = yield from _followed(goes_on)
    return max(finished or live, key=lambda each: each.worth)


def sample(
    first: Hypothesis, rules: Rules, count: int, temperature: float, most: int, random: np.random.Generator
) -> Searching:
    """The likeliest of `count` that are drawn, each token by its probability to the power of 1 / temperature."""
    live, finished = [first] * count, list[Hypothesis]()
    for _ in range(most):
        drawn = [_drawn(_choices(each, rules), temperature, random) for each in live]
        finished += [
            Hypothesis(before.node, before.told, before.tokens, score)
            for score, before, token in drawn
            if token == rules.end
        ]
        goes_on = [(choice, choice[1].writing) for choice in drawn if choice[2] != rules.end]
        live = (yield from _followed(goes_on)) if goes_on else []
        if not live:
            break
    return max(finished + live, key=lambda each: each.mean)


def log_sum(values: Floats) -> float:
    """Log of the sum of exponentials."""
    if not len(values):
        return -math.inf
    top = float(values.max())
    return top + math.log(float(np.exp(values - top).sum()))


def _likeliest(live: Sequence[Hypothesis], rules: Rules, most: int) -> list[Spelt]:
    """The likeliest first. How a word is spelt is looked at only where the choice could be among them: it costs time,
    and what has been paid for words stays paid."""
    choices = sorted((choice for one in live for choice in _choices(one, rules)), key=_at_most, reverse=True)
    found: list[tuple[float, int, Spelt]] = []
    for number, choice in enumerate(choices):
        if len(found) == most and _at_most(choice) <= found[0][0]:
            break
        writing = rules.spelt(choice[1].writing, choice[2])
        heappush(found, (choice[0] - writing.cost, -number, (choice, writing)))
        if len(found) > most:
            heappop(found)
    return [spelt for _, _, spelt in sorted(found, reverse=True)]


def _at_most(choice: Choice) -> float:
    score, before, _ = choice
    return score - before.writing.paid


def _followed(spelt: Sequence[Spelt]) -> Generator[Pairs, Follows, list[Hypothesis]]:
    """Hypotheses that come to the same are read once."""
    pairs = [(before.node, token) for (_, before, token), _ in spelt]
    new = list(dict.fromkeys(pairs))
    found = dict(zip(new, (yield new), strict=True))
    return [
        Hypothesis(*found[pair], (*before.tokens, token), score, writing)
        for ((score, before, token), writing), pair in zip(spelt, pairs, strict=True)
    ]


def _drawn(choices: list[Choice], temperature: float, random: np.random.Generator) -> Choice:
    gains = np.array([score for score, _, _ in choices]) / temperature
    weights = np.exp(gains - gains.max())
    return choices[int(random.choice(len(choices), p=weights / weights.sum()))]


def _choices(one: Hypothesis, rules: Rules) -> list[Choice]:
    told = one.told
    text, span = _allowed(one.tokens, rules, len(told.stamps))
    stamps = told.stamps[span]
    total = log_sum(stamps)
    end = told.end if _may_end(one.tokens, rules) else -math.inf
    likeliest = max(end, float(told.scores[0]) if text else -math.inf)
    found: list[Choice] = []
    if likeliest > -math.inf and likeliest >= total:
        total = _added(total, end, told.total if text else -math.inf)
        found.append((one.score + end - total, one, rules.end))
        if text:
            only = None if one.tokens else rules.starts
            pairs = zip(told.scores.tolist(), told.tokens.tolist(), strict=True)
            found += [
                (one.score + score - total, one, token) for score, token in pairs if only is None or token in only
            ]
    first = rules.first_stamp + (span.start or 0)
    return found + [(one.score + float(stamps[at]) - total, one, first + int(at)) for at in _best(stamps, told)]


def _may_end(before: Sequence[int], rules: Rules) -> bool:
    begun = bool(before) or rules.starts is not None
    return begun and (not rules.least or sum(token < rules.end for token in before) >= rules.least)


def _best(stamps: Floats, told: Told) -> npt.NDArray[np.int64]:
    """As many as there are of text."""
    most = len(told.scores)
    return np.argpartition(-stamps, most)[:most] if len(stamps) > most else np.arange(len(stamps))


def _allowed(before: Sequence[int], rules: Rules, stamps: int) -> tuple[bool, slice]:
    """Whether text may follow, and which stamps."""
    goes_on = rules.starts is not None
    if not before and not goes_on:
        return False, slice(0, rules.latest + 1)
    at = (
        next((token for token in reversed(before) if token >= rules.first_stamp), rules.first_stamp) - rules.first_stamp
    )
    if not before or before[-1] < rules.first_stamp:
        return True, slice(at + 1, stamps)
    opens = before[-2] >= rules.first_stamp if len(before) > 1 else not goes_on
    return (True, slice(0, 0)) if opens else (False, slice(at, stamps))


def _added(*logs: float) -> float:
    top = max(logs)
    return top + math.log(sum(math.exp(each - top) for each in logs))
