"""The figures of `make bench-doubt` are counted right."""

from __future__ import annotations

import numpy as np
import pytest

from tests.bench.ranking import among_first, auc, fitted, held_out, predicted, right


@pytest.mark.parametrize(
    ("said", "heard", "stands"),
    [
        ("kami susun pedoman", "kami susun padoman", [True, True, False]),
        ("saya nyatakan dibuka", "saya nyatakan di buka", [True, True, True, True]),
        ("oleh biro hukum", "oleh birohukum", [True, True]),
        ("baik saya", "ya baik saya", [False, True, True]),
        ("dokumen asli tetap", "dokumen tetap", [True, True]),
        ("", "ya", [False]),
        ("ya", "", []),
    ],
)
def test_a_word_is_right_where_it_was_said_joined_or_parted(said: str, heard: str, stands: list[bool]) -> None:
    assert right(said.split(), heard.split()) == stands


def test_a_score_that_knows_and_one_that_does_not() -> None:
    wrong = [True, False, True, False]
    assert auc([0.9, 0.1, 0.8, 0.2], wrong) == 1.0
    assert auc([0.5] * 4, wrong) == 0.5
    assert among_first([0.9, 0.1, 0.8, 0.2], wrong, 0.25) == (1.0, 0.5)


def test_what_is_fitted_to_others_tells_of_a_group_it_has_not_seen() -> None:
    random = np.random.default_rng(7)
    features = random.standard_normal((3000, 2))
    chances = predicted(np.array([-1.0, 2.0, 0.0]), features)
    wrong = (random.random(3000) < chances).astype(float)
    assert fitted(features, wrong) == pytest.approx([-1.0, 2.0, 0.0], abs=0.2)
    told = held_out(features, wrong, ["abc"[row % 3] for row in range(3000)])
    assert np.abs(told - chances).mean() < 0.03
