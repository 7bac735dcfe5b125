"""Words heard in two that are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.speech.engines.joining import Joining
from minutes.speech.engines.respelling import Respelling
from minutes.speech.engines.wordlist import DEAREST, costs
from minutes.speech.ports import Word

JOINING = Joining(Respelling(costs(), DEAREST).meant)


def said(text: str) -> list[Word]:
    return [Word(each, float(at), at + 1.0, 0.5) for at, each in enumerate(text.split())]


def joined(text: str) -> str:
    return " ".join(word.text for word in JOINING.joined(said(text)))


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("rapat ini di kuti, oleh", "rapat ini diikuti, oleh"),
        ("Di kuti oleh", "Diikuti oleh"),
        ("rekomendasi di terema.", "rekomendasi diterima."),
        ("atau muka nismo yang", "atau mekanisme yang"),
        ("Muka Nismo yang", "Mekanisme yang"),
        ("setiap rekomen dasi", "setiap rekomendasi"),
    ],
)
def test_parts_of_a_known_word_are_joined(heard: str, meant: str) -> None:
    assert joined(heard) == meant


@pytest.mark.parametrize(
    "heard",
    [
        "di rumah",
        "di Pontianak",
        "di Wamena",
        "di Tana Tidung",
        "bapak Sarwoko",
        "muka, nismo",
        "DI KUTI",
        "di",
        "",
        "a b",
    ],
)
def test_what_is_no_part_of_a_known_word_stays(heard: str) -> None:
    assert joined(heard) == heard


def test_it_lasts_as_long_as_both() -> None:
    (word,) = JOINING.joined(said("di kuti"))
    assert (word.start, word.end) == (0.0, 2.0)


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Z", "C")), min_size=1, max_size=9), max_size=6)
)
def test_no_time_is_lost(texts: list[str]) -> None:
    words = [Word(text, float(at), at + 1.0, 0.5) for at, text in enumerate(texts)]
    after = JOINING.joined(words)
    assert sum(word.end - word.start for word in after) == len(words)
