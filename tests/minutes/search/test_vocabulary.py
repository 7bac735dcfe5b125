"""Words in any form are words; what a recogniser makes up is none."""

from __future__ import annotations

import pytest

from minutes.search.vocabulary import known


@pytest.mark.parametrize(
    "text",
    [
        "",
        "di",
        "menyelesaikan",
        "Perundang-undangan,",
        "dua-duanya",
        "20",
        "PKPU",
        "Kalimantan Utara.",
        "Bawaslu",
        "5%",
    ],
)
def test_a_word(text: str) -> None:
    assert known(text)


@pytest.mark.parametrize("text", ["padoman", "satchara", "sengbilan,", "meyangpaikan", "pedoman padoman", "birohukum"])
def test_none(text: str) -> None:
    assert not known(text)
