from __future__ import annotations

import numpy as np

from minutes.speech.engines.runtimes import Aligned
from minutes.speech.engines.wording import joined, placed
from minutes.speech.ports import Word


def test_a_piece_lasts_as_long_as_its_tokens() -> None:
    aligned = Aligned(np.array([5, 10, 30, 50]), np.array([0.5, 0.9, 0.7], np.float32))
    first, second = placed([" per", "kara"], [2, 1], aligned)
    assert (first.text, first.start, first.end) == (" per", 0.1, 0.6)
    assert (second.text, second.start, second.end) == ("kara", 0.6, 1.0)
    assert np.allclose([first.probability, second.probability], [0.7, 0.7])


def test_what_no_space_parts_is_one_word() -> None:
    pieces = [Word(" hak", 0.0, 0.4, 0.9), Word("-hak", 0.4, 0.8, 0.5), Word(" warga.", 1.0, 1.4, 0.8)]
    assert joined(pieces) == [Word("hak-hak", 0.0, 0.8, 0.5), Word("warga.", 1.0, 1.4, 0.8)]


def test_a_word_is_as_doubtful_as_its_worst_part() -> None:
    pieces = [Word(" hak", 0.0, 0.4, 0.5), Word("-hak", 0.4, 0.8, 0.9)]
    assert joined(pieces) == [Word("hak-hak", 0.0, 0.8, 0.5)]


def test_signs_take_no_time_and_no_doubt() -> None:
    pieces = [Word(" (", 0.0, 0.1, 0.1), Word("dua", 0.2, 0.4, 0.9), Word(")", 0.4, 0.9, 0.2), Word(" ", 0.9, 1.0, 0.5)]
    assert joined(pieces) == [Word("(dua)", 0.2, 0.4, 0.9)]
