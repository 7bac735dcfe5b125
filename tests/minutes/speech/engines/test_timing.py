"""Words that were given the pause beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.speech.engines.timing import MOST_S, trimmed
from minutes.speech.ports import Word


def words(*told: tuple[str, float, float]) -> list[Word]:
    return [Word(text, start, end, 0.9) for text, start, end in told]


def test_the_first_word_loses_the_silence_before_it() -> None:
    found = trimmed(words(("Selamat", 0.0, 2.4), ("pagi", 2.4, 2.8), ("Ibu", 2.8, 3.2)))
    assert found[0].start == pytest.approx(1.6)
    assert [word.end for word in found] == [2.4, 2.8, 3.2]


def test_the_last_word_loses_the_silence_behind_it() -> None:
    found = trimmed(words(("Ibu", 0.0, 0.4), ("dan", 0.4, 0.8), ("Bapak", 0.8, 4.0)))
    assert found[-1].end == pytest.approx(1.6)


def test_a_word_beside_a_stop_loses_the_pause() -> None:
    found = trimmed(words(("satu", 0.0, 0.4), ("dua.", 0.4, 2.4), ("Tiga", 2.4, 4.4), ("empat", 4.4, 4.8)))
    assert found[1].end == pytest.approx(0.4 + 2 * MOST_S)
    assert found[2].start == pytest.approx(4.4 - 2 * MOST_S)


def test_a_long_word_within_a_sentence_stays_as_long() -> None:
    said = words(("ke", 0.0, 0.2), ("mempertanggungjawabkan", 0.2, 1.8), ("itu", 1.8, 2.0))
    assert trimmed(said) == said


def test_the_first_and_the_last_word_keep_to_what_the_model_tells() -> None:
    said = words(("satu", 0.0, 0.9), ("dua", 0.9, 1.5), ("tiga", 1.5, 2.4))
    found = trimmed(said, (0.52, 1.8))
    assert found[0].start == pytest.approx(0.2)  # a usual word of 0.7 s is left
    assert found[-1].end == pytest.approx(2.2)
    assert trimmed(said, (0.4, 2.0)) == said  # nearer than the bounds are good for


def test_words_without_time_are_left_alone() -> None:
    said = words(("a", 1.0, 1.0), ("b", 1.0, 1.0))
    assert trimmed(said) == said
    assert trimmed([]) == []


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b.", "c,"]), st.floats(0, 5), st.floats(0, 5)), max_size=12),
    st.none() | st.tuples(st.floats(0, 60), st.floats(0, 60)),
)
def test_no_word_is_lost_moved_or_made_longer(
    told: list[tuple[str, float, float]], bounds: tuple[float, float] | None
) -> None:
    at, said = 0.0, []
    for text, gap, length in told:
        said.append(Word(text, at + gap, at + gap + length, 0.5))
        at += gap + length
    for before, after in zip(said, trimmed(said, bounds), strict=True):
        assert before.text == after.text
        assert before.start <= after.start <= after.end <= before.end
