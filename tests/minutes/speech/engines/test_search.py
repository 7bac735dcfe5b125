"""Stamps are numbered from 100 in these tests, the end is 99, text is below."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.speech.engines.search import (
    Follows,
    Hypothesis,
    Pairs,
    Rules,
    Told,
    beam_search,
    log_sum,
    sample,
    together,
)
from minutes.speech.engines.spelling import Writing
from tests.minutes.speech.engines.alone import searched

END, STAMP, STAMPS, LATEST = 99, 100, 6, 2
RULES = Rules(END, STAMP, LATEST)
FAR = -30.0
Likely = Mapping[int, float]
"""Logits of tokens; others are far below."""
Follow = Callable[[tuple[int, ...]], Likely]


def told(likely: Likely, text: Sequence[int] = range(4)) -> Told:
    scores = sorted(((likely.get(token, FAR), token) for token in text), reverse=True)
    values = np.array([score for score, _ in scores], np.float32)
    stamps = np.array([likely.get(STAMP + at, FAR) for at in range(STAMPS)], np.float32)
    tokens = np.array([token for _, token in scores])
    return Told(values, tokens, log_sum(values), likely.get(END, FAR), stamps)


class Model:
    """Says what follows by a rule of the tokens before."""

    def __init__(self, follows: Follow) -> None:
        self.follows = follows
        self.before: list[tuple[int, ...]] = [()]

    def first(self) -> Hypothesis:
        return Hypothesis(0, self.tell(()))

    def tell(self, before: tuple[int, ...]) -> Told:
        return told(self.follows(before))

    def step(self, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, Told]]:
        found = []
        for node, token in pairs:
            self.before.append((*self.before[node], token))
            found.append((len(self.before) - 1, self.tell(self.before[-1])))
        return found


def script(*likely: Likely) -> Model:
    return Model(lambda before: likely[min(len(before), len(likely) - 1)])


def written(model: Model, rules: Rules = RULES, beam: int = 1, most: int = 12) -> tuple[int, ...]:
    return searched(beam_search(model.first(), rules, beam, 1, most), model.step).tokens


@pytest.mark.parametrize(
    ("likely", "expected"),
    [
        ([{1: 0.0, STAMP + 1: -5.0}, {1: 0.0}, {END: 0.0}], (STAMP + 1, 1)),  # a stamp opens, whatever is likelier
        ([{STAMP + 4: 0.0, STAMP + 2: -5.0}, {1: 0.0}, {END: 0.0}], (STAMP + 2, 1)),  # by the latest
        ([{END: 0.0, STAMP: -5.0}, {END: 0.0}], (STAMP,)),  # the end is never first
        # a stamp behind text comes in a pair, or the end behind it
        ([{STAMP: 0.0}, {1: 0.0}, {STAMP + 3: 0.0}, {1: 0.0, STAMP + 3: -5.0}, {END: 0.0}], (100, 1, 103, 103)),
        ([{STAMP: 0.0}, {1: 0.0}, {STAMP + 3: 0.0}, {END: 0.0}], (100, 1, 103)),
        # stamps never go back, and time goes on behind text
        ([{STAMP + 2: 0.0}, {1: 0.0}, {STAMP: 0.0, STAMP + 4: -1.0}, {END: 0.0}], (102, 1, 104)),
        # all stamps together are likelier than every other token
        ([{STAMP: 0.0}, {1: 0.0}, {1: 1.0, STAMP + 3: 0.7, STAMP + 4: 0.6}, {END: 0.0}], (100, 1, 103)),
        ([{STAMP: 0.0}, {1: 0.0}, {1: 2.0, STAMP + 3: 0.7, STAMP + 4: 0.6}, {END: 0.0}], (100, 1, 1)),
    ],
)
def test_stamps_stand_as_whisper_learnt_them(likely: list[Likely], expected: tuple[int, ...]) -> None:
    assert written(script(*likely)) == expected


def test_a_word_begins_behind_known_ones() -> None:
    rules = replace(RULES, starts=frozenset({2, 3}))
    assert written(script({1: 0.0, 2: -1.0}, {1: 0.0}, {END: 0.0}), rules) == (2, 1)
    assert written(script({END: 0.0}, {1: 0.0}), rules) == ()


def test_nothing_ends_before_enough_is_written() -> None:
    tired = script({1: -1.0, END: 0.0})
    rules = replace(RULES, starts=frozenset({1}))
    assert [written(tired, replace(rules, least=least)) for least in (0, 1, 3)] == [(), (1,), (1, 1, 1)]
    stamped = script({STAMP: 0.0}, {1: 0.0}, {STAMP + 3: 0.0}, {END: 0.0, STAMP + 3: -9.0}, {1: 0.0}, {END: 0.0})
    assert written(stamped, replace(RULES, least=2)) == (STAMP, 1, STAMP + 3, STAMP + 3, 1)


def random_model(seed: int) -> Model:
    def follows(before: tuple[int, ...]) -> Likely:
        random = np.random.default_rng([seed, *before])
        tokens = [*range(4), END, *range(STAMP, STAMP + STAMPS)]
        return dict(zip(tokens, random.normal(0, 2, len(tokens)).tolist(), strict=True))

    return Model(follows)


@given(st.integers(0, 10_000), st.integers(1, 5), st.booleans())
def test_what_is_written_keeps_the_rules(seed: int, beam: int, sampled: bool) -> None:
    model = random_model(seed)
    if sampled:
        found = searched(sample(model.first(), RULES, beam, 0.7, 10, np.random.default_rng(seed)), model.step).tokens
    else:
        found = written(model, beam=beam, most=10)
    stamps = [token - STAMP for token in found if token >= STAMP]
    assert found[0] >= STAMP
    assert found[0] <= STAMP + LATEST
    assert stamps == sorted(stamps)
    runs = [(kind, len(list(run))) for kind, run in itertools.groupby(found, lambda token: token >= STAMP)]
    for number, (stamp, length) in enumerate(runs):
        inside = 0 < number < len(runs) - 1
        assert not stamp or (length == 2 if inside else length <= 2)
    assert runs[0] == (True, 1)


@given(st.lists(st.integers(0, 10_000), max_size=4), st.integers(1, 3))
def test_searches_in_step_find_what_each_finds_alone(seeds: list[int], beam: int) -> None:
    models = [random_model(seed) for seed in seeds]
    steps: list[list[int]] = []

    def step(asked: Mapping[int, Pairs]) -> dict[int, Follows]:
        steps.append([*asked])
        return {at: models[at].step(pairs) for at, pairs in asked.items()}

    found = together([beam_search(model.first(), RULES, beam, 1, 10) for model in models], step)
    assert [each.tokens for each in found] == [written(random_model(seed), beam=beam, most=10) for seed in seeds]
    assert all({*after} <= {*before} for before, after in itertools.pairwise(steps))  # who is over is asked no more
    assert all(steps)


def test_a_wide_beam_finds_what_a_narrow_one_gives_up() -> None:
    def follows(before: tuple[int, ...]) -> Likely:
        if not before:
            return {STAMP: 0.0}
        if len(before) == 1:
            return {1: 0.1, 2: 0.0}
        return {END: 9.0} if before[-1] == 2 or len(before) > 3 else {3: 0.0, 1: 0.0, 0: 0.0}

    assert written(Model(follows))[1] == 1
    model = Model(follows)
    found = searched(beam_search(model.first(), RULES, 5, 2, 12), model.step)
    assert found.tokens == (STAMP, 2)
    assert found.mean == pytest.approx(math.log(1 / (1 + math.exp(0.1))) / 3, abs=0.01)


def test_a_search_ends_where_it_must() -> None:
    endless = script({STAMP: 0.0}, {1: 0.0})
    assert written(endless, most=5) == (STAMP, 1, 1, 1, 1)


def test_the_same_seed_draws_the_same() -> None:
    def drawn(seed: int) -> tuple[int, ...]:
        model = random_model(3)
        return searched(sample(model.first(), RULES, 3, 1.0, 10, np.random.default_rng(seed)), model.step).tokens

    assert drawn(1) == drawn(1)
    assert len({drawn(seed) for seed in range(8)}) > 1


def test_what_costs_is_written_where_it_is_much_likelier() -> None:
    def spelt(before: Writing, token: int) -> Writing:
        return Writing("", 0.0, before.paid + (1.0 if token == 1 else 0.0))

    rules = replace(RULES, spelt=spelt)
    assert written(script({STAMP: 0.0}, {1: 0.5, 2: 0.0}, {END: 9.0}), rules) == (STAMP, 2)
    assert written(script({STAMP: 0.0}, {1: 1.5, 2: 0.0}, {END: 9.0}), rules) == (STAMP, 1)
