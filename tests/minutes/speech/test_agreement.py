from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minutes.speech.agreement import Agreement
from minutes.speech.ports import Word

LONG = 100.0


def said(text: str, start: float = 0.0) -> list[Word]:
    """A word a second."""
    return [Word(word, start + at, start + at + 1, 0.9) for at, word in enumerate(text.split())]


def texts(words: list[Word] | tuple[Word, ...]) -> str:
    return " ".join(word.text for word in words)


def test_what_two_looks_begin_with_is_settled() -> None:
    agreement = Agreement()
    agreement.take(said("rapat dibuka oleh"), LONG)
    assert (texts(agreement.settled), texts(agreement.open)) == ("", "rapat dibuka oleh")
    agreement.take(said("rapat dibuka untuk umum"), LONG)
    assert (texts(agreement.settled), texts(agreement.open)) == ("rapat dibuka", "untuk umum")
    agreement.take(said("untuk umum", 2.0), LONG)
    assert (texts(agreement.settled), texts(agreement.open)) == ("rapat dibuka untuk umum", "")


def test_case_and_punctuation_are_no_disagreement_and_the_newer_form_stands() -> None:
    agreement = Agreement()
    agreement.take(said("Rapat, dibuka."), LONG)
    agreement.take(said("rapat dibuka, dengan"), LONG)
    assert texts(agreement.settled) == "rapat dibuka,"


def test_a_word_at_the_end_of_the_sound_is_not_trusted() -> None:
    agreement = Agreement()
    agreement.take(said("rapat dibuka"), 1.5)
    agreement.take(said("rapat dibuka"), 1.5)
    assert (texts(agreement.settled), texts(agreement.open)) == ("rapat", "dibuka")


def test_an_agreement_behind_a_disagreement_is_none() -> None:
    agreement = Agreement()
    agreement.take(said("rapat dibuka"), LONG)
    agreement.take(said("dapat dibuka"), LONG)
    assert texts(agreement.settled) == ""


looks = st.lists(st.lists(st.sampled_from(["satu", "dua", "tiga"]), max_size=5), max_size=8)


@given(looks, st.floats(0, 6))
def test_settled_words_stay_and_no_found_word_is_dropped(found: list[list[str]], trusted: float) -> None:
    agreement = Agreement()
    for look in found:
        before = list(agreement.settled)
        agreement.take(said(" ".join(look), len(before)), trusted)
        assert agreement.settled[: len(before)] == before
        assert [word.text for word in [*agreement.settled[len(before) :], *agreement.open]] == look


def test_a_settled_word_stands_corrected_until_it_is_certain() -> None:
    agreement = Agreement()
    for _ in range(2):
        agreement.take(said("pada tahapan pun calonan"), LONG)
    agreement.take(said("tahapan pencalonan potensi sengketa", 1.0), LONG, certain=1)
    assert texts(agreement.settled) == "pada tahapan pencalonan potensi"
    assert texts(agreement.open) == "sengketa"
    assert texts(agreement.certain(2.0)) == "pada tahapan"


def test_a_look_that_hears_less_corrects_nothing() -> None:
    agreement = Agreement()
    for _ in range(2):
        agreement.take(said("dokumen hukum dapat dikirim"), LONG)
    agreement.take(said("hukum", 1.0), LONG, certain=1)
    assert (texts(agreement.settled), texts(agreement.open)) == ("dokumen hukum dapat dikirim", "")
    agreement.take((), LONG, certain=1)
    assert (texts(agreement.settled), texts(agreement.open)) == ("dokumen hukum dapat dikirim", "")


@given(st.lists(st.tuples(st.lists(st.sampled_from(["satu", "dua", "tiga"]), max_size=6), st.floats(0, 1)), max_size=8))
def test_certain_words_stay_and_what_was_settled_is_never_fewer(found: list[tuple[list[str], float]]) -> None:
    agreement = Agreement()
    for look, share in found:
        before, certain = list(agreement.settled), int(share * len(agreement.settled))
        agreement.take(said(" ".join(look), certain), LONG, certain=certain)
        assert agreement.settled[:certain] == before[:certain]
        assert len(agreement.settled) >= len(before)
        corrected = [word.text for word in [*agreement.settled[certain:], *agreement.open]] == look
        assert corrected or agreement.settled == before
