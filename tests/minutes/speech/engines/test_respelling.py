"""Words that are none, a slip away from one that is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.speech.engines.respelling import Respelling
from minutes.speech.engines.wordlist import DEAREST, costs
from minutes.speech.ports import Word

RESPELLING = Respelling(costs(), DEAREST)


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("polanggaran", "pelanggaran"),
        ("pumilihan", "pemilihan"),
        ("padoman", "pedoman"),
        ("sacara", "secara"),
        ("sabelum", "sebelum"),
        ("chronologi", "kronologi"),
        ("procedur", "prosedur"),
        ("electronik", "elektronik"),
        ("recommendasi", "rekomendasi"),
        ("elektroni", "elektronik"),
        ("menusun", "menyusun"),
        ("terema", "terima"),
        ("disosun", "disusun"),
        ("sachara", "secara"),
        ("sajara", "secara"),
        ("pinchalonan", "pencalonan"),
        ("mejampaikan", "menyampaikan"),
        ("inin", "ingin"),
    ],
)
def test_a_slip_is_made_good(heard: str, meant: str) -> None:
    assert RESPELLING.meant(heard) == meant


@pytest.mark.parametrize(
    "word",
    ["pelanggaran", "kaltara", "wulandari", "xqzwvb", "aku", "pkpu", "2020", "sipol", "rakor", "subbagian", "selor"],
)
def test_what_is_known_too_short_or_far_from_any_word_stays(word: str) -> None:
    assert RESPELLING.meant(word) is None


@pytest.mark.parametrize(("heard", "meant"), [("masukandari", "masukan dari"), ("birohukum", "biro hukum")])
def test_two_words_written_as_one_are_parted(heard: str, meant: str) -> None:
    first, second = RESPELLING.respelt([Word(f"{heard},", 1.0, 2.0, 0.5)], True)
    assert f"{first.text} {second.text}" == f"{meant},"
    assert first.start == 1.0 < first.end == second.start < second.end == 2.0


@pytest.mark.parametrize("word", ["pelanggaran", "dilakukannya", "kaltara", "xqzwxqzw", "2020"])
def test_one_word_stays_one(word: str) -> None:
    assert RESPELLING.two(word) is None


def texts(text: str, opens: bool) -> str:
    words = [Word(each, 0.0, 1.0, 0.5) for each in text.split()]
    return " ".join(word.text for word in RESPELLING.respelt(words, opens))


def test_signs_and_capitals_stay_and_what_may_be_a_name_is_hardly_touched() -> None:
    assert (
        texts("Polanggaran, polanggaran. Padoman oleh Polanggaran", True)
        == "Pelanggaran, pelanggaran. Pedoman oleh Pelanggaran"
    )
    assert texts("Wulandari Sachara Inin Sidi Terema IPDA", False) == "Wulandari Secara Inin Sidi Terima IPDA"


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Z", "C")), min_size=1, max_size=12), max_size=6)
)
def test_no_word_is_dropped_and_what_is_no_word_stays(found: list[str]) -> None:
    words = [Word(each, 0.0, 1.0, 0.5) for each in found]
    after = RESPELLING.respelt(words, True)
    assert len(after) >= len(words)
    assert [each.text for each in after if not _letters(each)] == [each.text for each in words if not _letters(each)]


def _letters(word: Word) -> bool:
    return any(map(str.isalpha, word.text))
