"""The yardstick of captions."""

from __future__ import annotations

import math

import pytest

from tests.bench.showing import Page, Said, delays, matched, percentile


def page(text: str) -> Page:
    """A word a second, from the first second on."""
    return Page([Said(word, at) for at, word in enumerate(text.split(), 1)])


def test_a_word_is_first_shown_and_then_stays() -> None:
    found = page("rapat dibuka oleh ketua")
    found.draft("", "rapat dibuka", 2.5)
    found.draft("rapat", "dibuka oleh", 3.5)
    found.line("Rapat dibuka oleh ketua.", 6.0)
    assert found.first() == {0: 2.5, 1: 2.5, 2: 3.5, 3: 6.0}
    assert found.stable() == {0: 3.5, 1: 6.0, 2: 6.0, 3: 6.0}
    assert delays([found]).first_p50 == pytest.approx(0.5)


def test_a_word_that_only_its_line_corrects_was_not_shown() -> None:
    found = page("rapat dibuka")
    found.draft("dapat dibuka", "", 2.5)
    found.line("Rapat dibuka.", 4.0)
    assert found.stable() == found.first() == {1: 2.5}
    assert delays([found]).shown_share == 0.5


def test_captions_are_followed_by_what_only_the_line_brought() -> None:
    found = page("satu dua tiga empat")
    found.draft("satu tua", "tiga", 3.5)
    found.line("Satu dua tiga empat.", 6.0)
    assert found.captions == ["satu", "tua", "tiga", "empat"]
    found.draft("lima", "", 8.0)
    found.line("", 9.0)
    assert found.captions[-1] == "lima"


def test_what_a_cut_moves_to_the_next_line_stands_since_it_stood() -> None:
    found = page("satu dua tiga empat lima")
    found.draft("satu tua tiga empat", "", 4.5)
    found.line("Satu dua.", 5.0)
    assert found.captions == ["satu", "tua"]
    found.draft("tiga empat lima", "", 5.5)
    found.line("Tiga empat lima.", 6.0)
    assert found.captions == ["satu", "tua", "tiga", "empat", "lima"]
    assert found.stable() == {0: 4.5, 2: 4.5, 3: 4.5, 4: 5.5}


def test_behind_a_cut_one_word_may_be_heard_otherwise() -> None:
    found = page("satu dua tiga empat lima enam")
    found.draft("satu dua tuga empat lima", "", 5.5)
    found.line("Satu dua.", 6.0)
    found.draft("tiga empat lima enam", "", 6.5)
    assert found.stable() == {0: 5.5, 1: 5.5, 2: 6.5, 3: 5.5, 4: 5.5, 5: 6.5}
    found.line("", 7.0)
    found.draft("tuga", "", 9.0)
    assert found.stood[-1] == 9.0


def test_a_corrected_word_stands_since_then_and_those_around_it_since_they_did() -> None:
    found = page("pada tahapan pencalonan potensi")
    found.draft("pada tahapan pun calonan", "", 3.5)
    found.draft("pada tahapan pencalonan potensi", "", 4.5)
    found.line("Pada tahapan pencalonan potensi.", 6.0)
    assert found.stable() == {0: 3.5, 1: 3.5, 2: 4.5, 3: 4.5}


def test_a_word_that_is_never_shown_lowers_the_share_only() -> None:
    found = page("rapat dibuka")
    found.line("Rapat.", 2.0)
    assert delays([found]).shown_share == 0.5
    assert delays([found]).stable_p95 == 1.0
    assert delays([page("rapat")]).first_p50 == math.inf


def test_words_are_matched_in_order() -> None:
    assert matched(["a", "b", "c", "b"], ["b", "c"]) == {1: 0, 2: 1}
    assert matched([], ["a"]) == {}


def test_a_percentile_is_one_of_the_values() -> None:
    assert (percentile([3.0, 1.0, 2.0], 50), percentile([3.0, 1.0, 2.0], 95)) == (2.0, 3.0)
