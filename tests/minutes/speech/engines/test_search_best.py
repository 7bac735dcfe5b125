"""Whether a search finds the best there is, and draws by what is likely. Tokens as in `test_search`."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from minutes.speech.engines.search import Told, beam_search, sample
from minutes.speech.engines.spelling import Writing
from tests.minutes.speech.engines.alone import searched
from tests.minutes.speech.engines.test_search import (
    END,
    LATEST,
    RULES,
    STAMP,
    STAMPS,
    Likely,
    Model,
    random_model,
    script,
    told,
)

TEXT = range(STAMPS)  # as many as stamps: a search looks at no more of these than of text
SEEDS = st.integers(0, 10_000)
Scored = tuple[tuple[int, ...], float]


class Wide(Model):
    def tell(self, before: tuple[int, ...]) -> Told:
        return told(self.follows(before), TEXT)


def allowed(before: tuple[int, ...]) -> set[int]:
    """The rules, said once more and plainly."""
    if not before:
        return {STAMP + at for at in range(LATEST + 1)}
    last = max(token for token in before if token >= STAMP)
    if before[-1] < STAMP:
        return {*TEXT, END, *range(last + 1, STAMP + STAMPS)}
    if len(before) == 1 or before[-2] >= STAMP:
        return {*TEXT, END}
    return {END, *range(last, STAMP + STAMPS)}


def every(model: Model, most: int) -> Iterator[Scored]:
    """Finished transcripts and their log probabilities, none left out."""
    going: list[Scored] = [((), 0.0)]
    for _ in range(most):
        grown: list[Scored] = []
        for before, score in going:
            likely: Likely = model.follows(before)
            logits = {token: likely.get(token, -30.0) for token in allowed(before)}
            stamps = [value for token, value in logits.items() if token >= STAMP]
            others = [value for token, value in logits.items() if token < STAMP]
            if not others or (stamps and math.log(sum(map(math.exp, stamps))) > max(others)):
                logits = {token: value for token, value in logits.items() if token >= STAMP}
            total = math.log(sum(map(math.exp, logits.values())))
            yield from ((before, score + logits[token] - total) for token in logits if token == END)
            grown += [((*before, token), score + value - total) for token, value in logits.items() if token != END]
        going = grown


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_a_beam_that_holds_all_finds_the_best(seed: int) -> None:
    model = Wide(random_model(seed).follows)
    finished = {tokens: score / (len(tokens) + 1) for tokens, score in every(model, 4)}
    assume(finished)
    found = searched(beam_search(model.first(), RULES, 10_000, 10_000, 4), model.step)
    assert found.mean == pytest.approx(max(finished.values()), abs=1e-4)
    assert found.mean == pytest.approx(finished[found.tokens], abs=1e-4)


@given(SEEDS, st.lists(st.floats(0, 3), min_size=STAMPS, max_size=STAMPS))
@settings(max_examples=25, deadline=None)
def test_it_finds_what_is_best_when_words_cost(seed: int, prices: list[float]) -> None:
    def spelt(before: Writing, token: int) -> Writing:
        price = prices[token] if token < STAMPS else 0.0
        return Writing("", price / 2, before.paid + price / 2)  # half of it may still be saved

    def worth(tokens: tuple[int, ...], score: float) -> float:
        writing = Writing()
        for token in (*tokens, END):
            writing = spelt(writing, token)
        return (score - writing.cost) / (len(tokens) + 1)

    model = Wide(random_model(seed).follows)
    finished = [worth(*each) for each in every(model, 4)]
    assume(finished)
    found = searched(beam_search(model.first(), replace(RULES, spelt=spelt), 10_000, 10_000, 4), model.step)
    assert found.worth == pytest.approx(max(finished), abs=1e-4)


@pytest.mark.parametrize(("enough", "expected"), [(1, (STAMP,)), (2, (STAMP, 1))])
def test_a_search_looks_on_until_it_has_enough(enough: int, expected: tuple[int, ...]) -> None:
    model = script({STAMP: 0.0}, {END: 0.0, 1: 0.0}, {END: 9.0})
    assert searched(beam_search(model.first(), RULES, 2, enough, 12), model.step).tokens == expected


def test_a_search_goes_on_beside_an_end_that_is_likelier() -> None:
    model = script({STAMP: 0.0}, {END: 0.0, 1: -0.1}, {END: 9.0})
    assert searched(beam_search(model.first(), RULES, 1, 2, 12), model.step).tokens == (STAMP, 1)


def test_of_finished_ones_the_spelling_weighs() -> None:
    def spelt(before: Writing, token: int) -> Writing:
        return Writing("", 0.0, before.paid + (1.0 if token == 1 else 0.0))

    model = script({STAMP: 0.0}, {1: 0.5, 2: 0.0}, {END: 9.0})
    assert searched(beam_search(model.first(), RULES, 2, 2, 12), model.step).tokens == (STAMP, 1)
    assert searched(beam_search(model.first(), replace(RULES, spelt=spelt), 2, 2, 12), model.step).tokens == (STAMP, 2)


def test_a_draw_that_does_not_end_is_weighed_too() -> None:
    def follows(before: tuple[int, ...]) -> Likely:
        return {STAMP: 0.0} if not before else {END: 0.0, 1: 0.0} if len(before) == 1 else {1: 0.0}

    model = Model(follows)
    drawn = searched(
        sample(model.first(), RULES, 20, 1.0, 6, np.random.default_rng(1)), model.step
    )  # half of them end at once
    assert drawn.tokens == (STAMP, 1, 1, 1, 1, 1)


def test_nothing_is_written_where_there_is_no_place() -> None:
    model = random_model(1)
    assert searched(beam_search(model.first(), RULES, 5, 2, 0), model.step).tokens == ()
    assert searched(sample(model.first(), RULES, 5, 0.5, 0, np.random.default_rng(1)), model.step).tokens == ()


@given(SEEDS, st.integers(1, 4))
@settings(deadline=None)
def test_a_cold_draw_is_what_is_likeliest(seed: int, count: int) -> None:
    model = random_model(seed)
    likeliest = searched(beam_search(model.first(), RULES, 1, 1, 8), model.step)
    drawn = searched(sample(model.first(), RULES, count, 1e-5, 8, np.random.default_rng(seed)), model.step)
    assert drawn.tokens == likeliest.tokens
    assert drawn.score == pytest.approx(likeliest.score)


@pytest.mark.parametrize(("temperature", "odds"), [(1.0, 3.0), (0.5, 9.0), (2.0, math.sqrt(3.0))])
def test_tokens_are_drawn_by_their_probability(temperature: float, odds: float) -> None:
    model = script({STAMP: 0.0}, {1: math.log(3.0), 2: 0.0}, {END: 30.0})
    draws = (
        searched(sample(model.first(), RULES, 1, temperature, 4, np.random.default_rng(seed)), model.step).tokens
        for seed in range(600)
    )
    drawn = Counter(tokens[1] for tokens in draws)
    assert {*drawn} == {1, 2}
    assert drawn[1] / 600 == pytest.approx(odds / (1 + odds), abs=0.05)


@given(SEEDS, st.integers(1, 5), st.sets(st.integers(0, 3)))
@settings(deadline=None)
def test_behind_known_words_no_stamp_has_to_open(seed: int, beam: int, starts: set[int]) -> None:
    model = random_model(seed)
    found = searched(
        beam_search(model.first(), replace(RULES, starts=frozenset(starts)), beam, 1, 10), model.step
    ).tokens
    assert not found or found[0] in starts or found[0] > STAMP
    stamps = [token for token in found if token >= STAMP]
    assert stamps == sorted(stamps)
    runs = [(kind, len(list(run))) for kind, run in itertools.groupby(found, lambda token: token >= STAMP)]
    assert all(length == 2 for kind, length in runs[:-1] if kind)
    assert all(length <= 2 for kind, length in runs if kind)
