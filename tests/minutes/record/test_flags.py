"""Doubts about a line: a chance for every word, and flags that lie in its text and change nothing of it."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.record.doubt import DOUBTFUL, chance, chances
from minutes.record.flags import Doubts, Kind, doubts, located, talked_over
from minutes.record.wording import worded
from minutes.search.vocabulary import known
from minutes.speech.ports import Utterance, Word

SURE = 0.97
NOBODY: frozenset[str] = frozenset()


def line(text: str, **unsure: float) -> tuple[str, list[dict[str, Any]]]:
    """As it is kept: a word each half second from 10 s on, as sure as told."""
    heard = [
        Word(word, 10 + at / 2, 10.4 + at / 2, unsure.get(word.strip(",."), SURE))
        for at, word in enumerate(text.split())
    ]
    wording = worded(Utterance(10.0, 10 + len(heard) / 2, text, tuple(heard)))
    return wording.text, wording.words


def told(found: Doubts, text: str) -> list[tuple[str, str]]:
    return [(str(flag.kind), text[flag.start : flag.end]) for flag in found.flags]


def test_an_improbable_word_is_doubtful_and_its_neighbours_are_not() -> None:
    text, words = line("kami menyusun pedoman teknis, dan hasil itu", teknis=0.05)
    found = doubts(text, words, (), NOBODY, known)
    assert told(found, text) == [("low_confidence", "teknis")]
    assert found.words.index(max(found.words)) == 3
    assert found.flags[0].doubt == max(found.words)


def test_what_is_no_word_is_doubtful_even_where_the_recogniser_is_sure() -> None:
    text, words = line("menyusun padoman taknis.", padoman=0.8, taknis=0.8)
    assert told(doubts(text, words, (), NOBODY, known), text) == [("low_confidence", "padoman taknis")]


def test_who_takes_part_is_known_by_name() -> None:
    text, words = line("kata Tandilangi, tadi", Tandilangi=0.8)
    kinds = [
        [kind for kind, _ in told(doubts(text, words, (), people, known), text)]
        for people in (NOBODY, frozenset({"Maria Tandilangi"}))
    ]
    assert kinds == [["low_confidence", "name"], ["name"]]


def test_a_number_that_is_written_otherwise_is_doubted_by_what_was_heard() -> None:
    text, words = line("paling lambat tanggal dua puluh Juli", puluh=0.04)
    assert text == "paling lambat tanggal 20 Juli"
    found = [("low_confidence", "tanggal 20 Juli"), ("number", "20 Juli")]
    assert told(doubts(text, words, (), NOBODY, known), text) == found


def test_words_beneath_another_voice_are_crosstalk() -> None:
    text, words = line("kami bertanya apakah dokumen itu dikirim.")  # from 10.0, 10.5, 11.0, …
    found = doubts(text, words, [(10.9, 11.9), (40.0, 50.0)], NOBODY, known)
    assert told(found, text) == [("crosstalk", "apakah dokumen")]


@pytest.mark.parametrize(
    ("start", "end", "over"),
    [(8.0, 10.1, False), (8.0, 10.2, True), (10.3, 12.0, False), (10.2, 12.0, True), (9.0, 9.5, False)],
)
def test_less_of_an_overlap_than_times_are_good_to_is_none(start: float, end: float, over: bool) -> None:
    assert talked_over([{"text": "ya", "start": 10.0, "end": 10.4}], [(start, end)]) == [over]


def test_a_line_without_words_has_flags_by_its_text_alone() -> None:
    found = doubts("Tidak ada tiga", [], [(0.0, 99.0)], NOBODY, known)
    assert found.words == ()
    assert [(flag.kind, flag.doubt) for flag in found.flags] == [(Kind.NEGATION, None), (Kind.NUMBER, None)]


def test_a_word_that_is_not_in_the_text_takes_no_room() -> None:
    words = [{"text": text} for text in ("satu", "lenyap", "dua")]
    assert located("satu, dua", words) == ((0, 4), (4, 4), (6, 9))


def test_doubt_falls_with_probability_and_rises_where_it_is_no_word() -> None:
    falling = [chance(probability, 0.8, True) for probability in (0.0, 0.2, 0.5, 0.9, 1.0)]
    assert falling == sorted(falling, reverse=True)
    assert chance(0.9, 0.5, True) > chance(0.9, 0.9, True)
    assert chance(0.9, 0.8, False) > DOUBTFUL > chance(0.9, 0.8, True)
    assert all(0 < chance(probability, probability, False) < 1 for probability in (0.0, 1.0))


def test_no_words_no_chances() -> None:
    assert chances([], known) == ()


SPOKEN = st.sampled_from(
    [
        "pasal",
        "lima",
        "ayat",
        "dua",
        "puluh",
        "tidak",
        "KPU",
        "Utara,",
        "padoman",
        "...",
        "pe",
        "ka",
        "de",
        "pe.",
        "Juli",
    ]
)


@given(
    st.lists(st.tuples(SPOKEN, st.floats(0, 1))),
    st.lists(st.tuples(st.floats(0, 20), st.floats(0, 20))),
    st.lists(st.text(max_size=12), max_size=3),
)
def test_flags_lie_in_the_text_and_nothing_is_changed(
    spoken: list[tuple[str, float]], others: list[tuple[float, float]], people: list[str]
) -> None:
    heard = tuple(Word(text, at / 2, at / 2 + 0.4, sure) for at, (text, sure) in enumerate(spoken))
    wording = worded(Utterance(0.0, len(heard) / 2, " ".join(word.text for word in heard), heard))
    before = copy.deepcopy(wording)
    found = doubts(wording.text, wording.words, others, frozenset(people), known)
    assert wording == before
    assert len(found.words) == len(wording.words)
    assert all(0 < each < 1 for each in found.words)
    assert list(found.flags) == sorted(found.flags, key=lambda flag: (flag.start, flag.end))
    for flag in found.flags:
        assert 0 <= flag.start < flag.end <= len(wording.text)
        assert flag.doubt in found.words
