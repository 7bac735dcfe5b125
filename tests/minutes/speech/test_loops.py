from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.speech.loops import TIMES, unlooped
from minutes.speech.ports import Word


def words(text: str) -> list[Word]:
    return [Word(each, at, at + 0.5, 0.9) for at, each in enumerate(text.split())]


def left(text: str) -> str:
    return " ".join(word.text for word in unlooped(words(text)))


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ("Lalu kecepatan, kecepatan, kecepatan, kecepatan, kecepatan,", "Lalu kecepatan,"),
        ("di dalam bahwa, " * 7 + "di dalam", "di dalam bahwa,"),
        ("di dalam bahwa, " * 7 + "d", "di dalam bahwa,"),
        ("di sana, " * 6 + "kami setuju", "di sana, kami setuju"),
        ("ya " * 5 + "ada " * 6, "ya ada"),
        ("Kami-kami-kami-kami-k setuju", "setuju"),
        ("R-R-R-R-", ""),
        ("Selamat pagi-pap-pap-pap-ap-ap-ap", "Selamat"),
        # said
        ("", ""),
        ("hak-hak warga negara dan undang-undang", "hak-hak warga negara dan undang-undang"),
        ("ya ya ya ya", "ya ya ya ya"),
        ("nol nol nol nol satu", "nol nol nol nol satu"),
        ("saya setuju, saya setuju, saya setuju", "saya setuju, saya setuju, saya setuju"),
        ("C-1-KWK", "C-1-KWK"),
    ],
)
def test_what_comes_again_and_again_stays_once(heard: str, said: str) -> None:
    assert left(heard) == said


def test_the_first_of_a_loop_stays() -> None:
    looped = words("lalu " + "sidang " * 9)
    assert unlooped(looped) == looped[:2]


@given(st.lists(st.sampled_from("abc"), max_size=40))
def test_words_are_left_out_and_nothing_else_happens_to_them(heard: list[str]) -> None:
    before = words(" ".join(heard))
    after = unlooped(before)
    assert [word for word in before if word in after] == after
    assert {word.text for word in after} == {word.text for word in before}
    if len(before) < TIMES:
        assert after == before
