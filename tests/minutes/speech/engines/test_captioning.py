"""What a draft heard, as captions show it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes.speech.engines.captioning import Captioning
from minutes.speech.ports import Word

CAPTIONING = Captioning()


def said(text: str) -> list[Word]:
    return [Word(each, float(at), at + 1.0, (at + 1) / 10) for at, each in enumerate(text.split())]


def shown(text: str, before: str = "") -> str:
    return " ".join(word.text for word in CAPTIONING.written(said(text), before))


@pytest.mark.parametrize(
    ("before", "heard", "expected"),
    [
        ("", "Polanggaran di buka", "Pelanggaran dibuka"),
        ("rapat ini", "di kuti, oleh", "diikuti, oleh"),
        ("yang", "Akan Disosun Olah Birohukum, baik", "Akan Disusun Oleh Biro Hukum, baik"),
        ("akan disusun", "olah divisi", "oleh divisi"),
        ("wajib", "di Tindak Lanjuti, paling", "ditindaklanjuti, paling"),
        ("paling lambat", "tangga dua puluh juli", "tanggal dua puluh juli"),
        ("rekomendasi di", "buka rapat", "buka rapat"),  # what is certain already stays as it is
    ],
)
def test_it_is_written_right(before: str, heard: str, expected: str) -> None:
    assert shown(heard, before) == expected


def test_numbers_stay_as_they_are_said() -> None:
    assert shown("pasal seratus tiga puluh delapan ayat dua") == "pasal seratus tiga puluh delapan ayat dua"


def test_one_word_written_as_two_shares_its_time_and_two_as_one_the_lower_probability() -> None:
    first, second = CAPTIONING.written(said("birohukung"), "")
    assert (first.start, second.end) == (0.0, 1.0)
    assert first.end == second.start == pytest.approx(4 / 9)
    (whole,) = CAPTIONING.written(said("di buka"), "")
    assert (whole.start, whole.end, whole.probability) == (0.0, 2.0, 0.1)


@given(
    st.lists(
        st.one_of(
            st.text(st.characters(codec="utf-8", exclude_categories=("Z", "C")), min_size=1, max_size=9),
            st.sampled_from(
                ["di", "kuti", "buka,", "olah", "Muka", "Nismo", "tangga", "dua", "juli", "birohukung", "gak"]
            ),
        ),
        max_size=8,
    ),
    st.sampled_from(["", "di", "akan disusun", "selesai.", "gak"]),
)
def test_words_stand_in_order_and_no_time_is_lost(texts: list[str], before: str) -> None:
    words = [Word(text, float(at), at + 1.0, 0.5) for at, text in enumerate(texts)]
    after = CAPTIONING.written(words, before)
    assert all(one.end <= other.start for one, other in pairwise(after))
    assert sum(word.end - word.start for word in after) == pytest.approx(len(words))
