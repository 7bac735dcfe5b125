from __future__ import annotations

import pytest

from minutes.speech.phrases import CREDITS, NAMES, PHRASES, endings


@pytest.mark.parametrize("phrase", PHRASES)
def test_every_phrase_is_known_however_it_is_written(phrase: str) -> None:
    assert endings(phrase.split())[-1] == 0
    assert endings(f"{phrase.title()}!".split())[-1] == 0


@pytest.mark.parametrize(
    ("heard", "starts"),
    [
        ("Terima kasih.", [0]),
        ("Terima kasih. Terima kasih. Terima kasih.", [4, 2, 0]),
        ("Rapat saya nyatakan ditutup. Terima kasih.", [4]),
        ("Terima kasih telah menonton! Sampai jumpa di video selanjutnya.", [4, 0]),
        ("Terima kasih ibu ketua.", []),  # goes on: somebody is thanked
        ("Terima kasih. Sekarang kita masuk ke sesi tanya jawab.", []),
        ("Saya ucapkan terima kasih", [2]),
        ("Kasih", []),
        ("Subtitle by", [0]),
        ("Subtitle by Rani Surya", [0]),
        ("Subtitles by the Amara.org community", [0]),
        ("Diterjemahkan oleh tim bahasa", [0]),
        ("", []),
    ],
)
def test_where_words_are_nothing_but_phrases_to_the_end(heard: str, starts: list[int]) -> None:
    assert endings(heard.split()) == starts


@pytest.mark.parametrize("begin", CREDITS)
def test_a_credit_is_as_long_as_a_name(begin: str) -> None:
    name = ["nama"] * NAMES
    assert 0 in endings([*begin.split(), *name])
    assert 0 not in endings([*begin.split(), *name, "lagi"])
