"""The first word begins with a voice, the last one ends with one."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from minutes.speech.edges import REACH_S, edged
from minutes.speech.ports import SAMPLE_RATE_HZ, Utterance, Word
from minutes.speech.segmenter import WINDOW, Segment

SECOND = SAMPLE_RATE_HZ / WINDOW


def segment(*probabilities: float) -> Segment:
    """Begins at 10 s."""
    return Segment(10 * SAMPLE_RATE_HZ, np.zeros(WINDOW * len(probabilities), np.float32), probabilities)


QUIET = (0.1,) * 16  # 0.512 s
TALK = segment(*QUIET, *(0.9,) * 64, *QUIET)  # voice from 10.512 to 12.56


def said(*words: tuple[float, float]) -> Utterance:
    found = tuple(Word(f"k{n}", *word, 0.9) for n, word in enumerate(words))
    return Utterance(found[0].start, found[-1].end, "kata", found)


def bounds(given: Utterance, of: Segment = TALK) -> tuple[float, float]:
    found = edged(given, of)
    assert (found.words[0].start, found.words[-1].end) == (found.start, found.end)
    return round(found.start, 3), round(found.end, 3)


def test_a_line_begins_and_ends_with_its_voice() -> None:
    assert bounds(said((10.2, 11.0), (11.0, 11.5), (11.5, 12.9))) == (10.512, 12.56)
    assert bounds(said((10.8, 11.0), (11.0, 12.2))) == (10.512, 12.56)
    assert bounds(said((10.3, 12.7))) == (10.512, 12.56)


def test_words_between_stay() -> None:
    given = said((10.2, 11.0), (11.0, 11.5), (11.5, 12.9))
    assert edged(given, TALK).words[1] == given.words[1]


def test_a_voice_far_away_is_another() -> None:
    assert bounds(said((11.2, 11.4), (11.4, 11.8))) == (11.2, 11.8)


def test_where_a_long_utterance_was_cut_nothing_begins_or_ends() -> None:
    cut = segment(*(0.9,) * 64)
    assert bounds(said((10.2, 11.0), (11.0, 11.9)), cut) == (10.2, 11.9)


def test_without_words_or_a_voice_that_is_known_it_stays() -> None:
    given = said((10.2, 11.0), (11.0, 11.9))
    assert edged(given, Segment(TALK.start, TALK.samples)) == given
    bare = Utterance(10.0, 12.0, "kata", ())
    assert edged(bare, TALK) is bare


@given(st.lists(st.floats(0, 1), max_size=60), st.lists(st.floats(10.0, 12.0), min_size=2, max_size=8))
def test_words_stay_in_order_and_move_little(probabilities: list[float], times: list[float]) -> None:
    times = sorted(times)
    given = said(*pairwise(times))
    found = edged(given, segment(*probabilities))
    assert abs(found.start - given.start) <= REACH_S
    assert all(word.start <= word.end for word in found.words)
    assert all(a.start <= b.start for a, b in pairwise(found.words))
    assert found.start <= found.end
